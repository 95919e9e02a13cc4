// Segments a folder of images and collects one table: a line for each image, the area of each tag in a column.
//
// Needs what Train_from_Tags.ijm left in the working folder. Leaves there:
//   segmented/IMAGE.png         labels; segmented/legend.csv says what the values mean
//   segmented/predictions.csv   a line for each tag that was found in an image
//   areas.csv                   the collected table
//
// In Fiji: open this macro and run it. Without a window:  fiji --headless -macro Segment_Folder.ijm /working/folder
folder = getArgument();
if (folder == "")
    folder = getDirectory("The working folder of Train_from_Tags.ijm");
if (!endsWith(folder, "/") && !endsWith(folder, File.separator))
    folder = folder + File.separator;
model = folder + "run/segmentation/model.palimpsest";
if (!File.exists(model))
    exit("There is no " + model + ": run Train_from_Tags.ijm with this folder first.");

// split=val: those images of the sample that were not trained on. For images of your own: their folder as images=, no split=.
// Images that are done are not done again, so this may be run whenever images were added.
run("Segment Folder...", "model=[" + model + "] images=[" + folder + "sample] split=val output=[" + folder + "segmented]");

legend = split(File.openAsString(folder + "segmented/legend.csv"), "\n");
tags = newArray(legend.length - 2);
for (i = 0; i < tags.length; i++) {
    // The first line is the heading, the second the background.
    cells = split(legend[i + 2], ",");
    tags[i] = cells[1];
}
lines = split(File.openAsString(folder + "segmented/predictions.csv"), "\n");
table = "file," + String.join(tags, ",") + "\n";
file = "";
areas = newArray(tags.length);
for (i = 1; i <= lines.length; i++) {
    // file,tag,confidence,pixels,area,unit: an image has a line for each tag that was found, or one without a tag.
    // These names have no comma; a table with such names is for Table.open(path).
    cells = newArray("", "");
    if (i < lines.length)
        cells = split(lines[i], "(,)");
    if (i > 1 && cells[0] != file)
        table = table + file + "," + String.join(areas, ",") + "\n";
    if (cells[0] != file) {
        file = cells[0];
        areas = newArray(tags.length);
    }
    for (t = 0; t < tags.length; t++)
        if (cells[1] == tags[t])
            areas[t] = parseFloat(cells[4]);
}
File.saveString(table, folder + "areas.csv");
print("Table: " + folder + "areas.csv");
