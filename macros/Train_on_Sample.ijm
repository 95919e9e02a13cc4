// Draws the sample, trains adversarial erasing on it and scores every round against the exact masks.
// In Fiji: open this macro and run it, or without a window:  fiji --headless -macro Train_on_Sample.ijm /folder/for/results
folder = getArgument();
if (folder == "")
    folder = getDirectory("Where to put the sample and the run");
if (!endsWith(folder, "/"))
    folder = folder + "/";

run("Create Sample Data...", "output=[" + folder + "sample] images=160 seed=1");
run("Train AE Classifiers...", "images=[" + folder + "sample] output=[" + folder + "run] split=train backbone=small rounds=3 seed=1");
run("Evaluate Regions...", "output=[" + folder + "run] masks=[" + folder + "sample/masks]");
