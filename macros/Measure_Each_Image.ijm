// Opens one image of a folder after the other, segments it, splits objects of one tag that touch, and measures every object.
// What a model labels is the area of a tag; where one object ends and the next begins, ImageJ's Watershed guesses from the shape.
//
// Needs what Train_from_Tags.ijm left in the working folder. Leaves there:
//   measured/IMAGE.tif   labels; measured/legend.csv says what the values mean
//   objects.csv          a line for each object: image, tag, centre, area and mean grey value with the image's calibration
//
// In Fiji: open this macro and run it. Without a window:  fiji --headless -macro Measure_Each_Image.ijm /working/folder
// "/working/folder|/folder/of/images" measures images of your own instead of the sample's.
arguments = split(getArgument(), "|");
if (arguments.length > 0)
    folder = arguments[0];
else
    folder = getDirectory("The working folder of Train_from_Tags.ijm");
if (!endsWith(folder, "/") && !endsWith(folder, File.separator))
    folder = folder + File.separator;
images = folder + "sample/images/";
if (arguments.length > 1)
    images = arguments[1] + "/";
model = folder + "run/segmentation/model.palimpsest";
if (!File.exists(model))
    exit("There is no " + model + ": run Train_from_Tags.ijm with this folder first.");

smallest = 30; // pixels: less is no object

setBatchMode(true);
setOption("BlackBackground", true);
table = "image,tag,x,y,area,mean,circularity\n";
count = 0;
files = getFileList(images);
for (i = 0; i < files.length; i++) {
    if (!matches(toLowerCase(files[i]), ".*[.](png|jpg|jpeg|gif|bmp|tif|tiff)"))
        continue;
    open(images + files[i]);
    // The pixels' size goes into all areas. Files of a microscope have it; others need a line such as
    // setVoxelSize(0.65, 0.65, 1, "um");
    image = getImageID();
    title = getTitle();

    // The model stays open from one image to the next. The rows are those of the objects, not of the tags.
    run("Segment Image...", "model=[" + model + "] output=[" + folder + "measured] measurements=off rois=off");
    labels = getImageID();
    tags = tagsByValue(folder + "measured/legend.csv");
    for (value = 1; value < tags.length; value++) {
        splitTouching(labels, value);
        objects = getImageID();
        for (y = 0; y < getHeight(); y++)
            for (x = 0; x < getWidth(); x++)
                if (getPixel(x, y) == 255) {
                    doWand(x, y, 0, "8-connected");
                    getSelectionCoordinates(xs, ys);
                    pixels = getValue("Area raw");
                    setColor(1); // seen
                    fill();
                    if (pixels >= smallest) {
                        selectImage(image);
                        makeSelection("traced", xs, ys);
                        table = table + "\"" + title + "\"," + tags[value] + "," + getValue("X") + "," + getValue("Y") + ","
                            + getValue("Area") + "," + getValue("Mean") + "," + getValue("Circ.") + "\n";
                        count++;
                        selectImage(objects);
                    }
                    run("Select None");
                }
        close();
    }
    close("*");
}
File.saveString(table, folder + "objects.csv");
print(count + " objects: " + folder + "objects.csv");

// An image in which what has this label is 255, with lines of 0 between objects that touch.
function splitTouching(labels, value) {
    selectImage(labels);
    width = getWidth();
    height = getHeight();
    pixels = newArray(width * height);
    for (p = 0; p < pixels.length; p++)
        pixels[p] = getPixel(p % width, floor(p / width));
    newImage("objects", "8-bit black", width, height, 1);
    for (p = 0; p < pixels.length; p++)
        if (pixels[p] == value)
            setPixel(p % width, floor(p / width), 255);
    run("Watershed");
}

// The tags in the order of their values, the background first.
function tagsByValue(legend) {
    lines = split(File.openAsString(legend), "\n");
    names = newArray(lines.length - 1);
    for (line = 1; line < lines.length; line++) {
        cells = split(lines[line], ",");
        names[line - 1] = cells[1];
    }
    return names;
}
