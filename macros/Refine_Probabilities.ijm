// Lets probability maps follow the edges of the images by a dense CRF. The maps may come from any classifier: here they are
// made by ImageJ itself, from how much a pixel differs from the image's most frequent grey. No training is needed.
//
// Leaves in the working folder:
//   probabilities/IMAGE.tif   a stack for each image, 32 bit: what is background, what is object; the slices add up to 1
//   refined/IMAGE.png         labels: 0 what the first slice is of, 1 what the second is of
//   refined/maps/IMAGE.tif    the refined probabilities
//
// In Fiji: open this macro and run it. Without a window:  fiji --headless -macro Refine_Probabilities.ijm /working/folder
// "/working/folder|8" takes 8 images instead of 20.
arguments = split(getArgument(), "|");
if (arguments.length > 0)
    folder = arguments[0];
else
    folder = getDirectory("Where to put images and maps, or where Train_from_Tags.ijm put them");
if (!endsWith(folder, "/") && !endsWith(folder, File.separator))
    folder = folder + File.separator;
count = 20;
if (arguments.length > 1)
    count = parseInt(arguments[1]);

if (!File.exists(folder + "sample/images"))
    run("Create Sample Data...", "output=[" + folder + "sample] seed=1");
images = folder + "to-refine/";
File.makeDirectory(images);
File.makeDirectory(folder + "probabilities");

setBatchMode(true);
files = getFileList(folder + "sample/images");
for (i = 0; i < minOf(count, files.length); i++) {
    File.copy(folder + "sample/images/" + files[i], images + files[i]);
    open(images + files[i]);
    width = getWidth();
    height = getHeight();
    // A coarse map: how far a pixel's surroundings are from the most frequent grey, 0..1.
    ground = getValue("Mode");
    far = newArray(width * height);
    for (p = 0; p < far.length; p++)
        far[p] = abs(getValue(p % width, floor(p / width)) - ground);
    newImage("far", "32-bit black", width, height, 1);
    for (p = 0; p < far.length; p++)
        setPixel(p % width, floor(p / width), far[p]);
    for (times = 0; times < 12; times++)
        run("Smooth");
    getStatistics(area, mean, min, max);
    for (p = 0; p < far.length; p++)
        far[p] = getPixel(p % width, floor(p / width)) / max;
    newImage("maps", "32-bit black", width, height, 2);
    for (p = 0; p < far.length; p++)
        setPixel(p % width, floor(p / width), 1 - far[p]);
    setSlice(2);
    for (p = 0; p < far.length; p++)
        setPixel(p % width, floor(p / width), far[p]);
    // A map is called like its image, whatever kind of file that is.
    saveAs("Tiff", folder + "probabilities/" + File.getNameWithoutExtension(files[i]) + ".tif");
    close("*");
}

run("Refine with Dense CRF...", "images=[" + images + "] probabilities=[" + folder + "probabilities] output=[" + folder + "refined] maps=true");
print("Labels: " + folder + "refined");
