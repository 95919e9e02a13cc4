// Segments the image that is open, of a stack every slice, and tells what was found; if none is open, an image of the sample.
//
// Needs what Train_from_Tags.ijm left in the working folder. Leaves there:
//   opened/IMAGE.tif                labels; opened/legend.csv says what the values mean
//   opened/measurements/IMAGE.csv   area, mean grey value and confidence of each tag
//   opened/rois/IMAGE.zip           the regions, for the ROI Manager
//
// In Fiji: open an image, then open this macro and run it.
// Without a window:  fiji --headless -macro Segment_Open_Image.ijm /working/folder
folder = getArgument();
if (folder == "")
    folder = getDirectory("The working folder of Train_from_Tags.ijm");
if (!endsWith(folder, "/") && !endsWith(folder, File.separator))
    folder = folder + File.separator;
model = folder + "run/segmentation/model.palimpsest";
if (!File.exists(model))
    exit("There is no " + model + ": run Train_from_Tags.ijm with this folder first.");

if (nImages == 0) {
    files = getFileList(folder + "sample/images");
    open(folder + "sample/images/" + files[files.length - 1]);
}
title = getTitle();
before = nResults;

// Only what the image is known to show is looked for with  tags=ciliate;alga
run("Segment Image...", "model=[" + model + "] output=[" + folder + "opened]");

// The label image is active now; rows were added below those that the Results table had.
print(title + " became " + getTitle() + ":");
for (row = before; row < nResults; row++)
    print("slice " + getResult("Slice", row) + ": " + getResultString("Tag", row) + ", area " + getResult("Area", row)
        + ", mean " + getResult("Mean", row) + ", confidence " + getResult("Confidence", row));
