// Draws the sample, a folder of tagged micrographs, and learns from its tags to segment.
//
// Leaves in the working folder what the other macros go on with:
//   sample/                               images, tags.csv, and exact masks, which training does not look at
//   run/segmentation/model.palimpsest     the model
//   run/report.html                       how the training went
//
// In Fiji: open this macro and run it. Without a window:  fiji --headless -macro Train_from_Tags.ijm /working/folder
// "/working/folder|80|rounds=1 passes=0" draws 80 images instead of 160 and gives the training these keys: a quick look that
// learns less.
arguments = split(getArgument(), "|");
if (arguments.length > 0)
    folder = arguments[0];
else
    folder = getDirectory("Where to put the sample and the run");
if (!endsWith(folder, "/") && !endsWith(folder, File.separator))
    folder = folder + File.separator;
images = 160;
if (arguments.length > 1)
    images = parseInt(arguments[1]);
keys = "";
if (arguments.length > 2)
    keys = " " + arguments[2];

run("Create Sample Data...", "output=[" + folder + "sample] images=" + images + " seed=1");

// For images of your own: their folder as images=, no split=, and no backbone=, which takes MobileNetV2 and fetches its weights.
// rounds=3 and other keys are told by  run("Help...", "about=run-all");
// A run that was stopped goes on where it was when this is run again.
run("Train from Tags...", "images=[" + folder + "sample] output=[" + folder + "run] split=train backbone=small seed=1" + keys);
print("Model: " + folder + "run/segmentation/model.palimpsest");
