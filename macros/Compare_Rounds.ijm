// Shows what each round of erasing looked at, mined and erased, and scores the rounds against the sample's exact masks.
// Choose the number of rounds by it: the last one that still looks at the object.
//
// Needs what Train_from_Tags.ijm left in the working folder. Leaves there:
//   run/scores.csv   how well the rounds' regions cover the objects, and how much else they cover
//   rounds.png       one image: activation map and what was erased, round by round
//   rounds.tif       the same image as a hyperstack: a channel for each layer, a slice for each tag, a frame for each round
//   mined.csv        how much of that image each round had mined in the end
//
// In Fiji: open this macro and run it. Without a window:  fiji --headless -macro Compare_Rounds.ijm /working/folder
// "/working/folder|field_0004.png" takes this image of the run.
arguments = split(getArgument(), "|");
if (arguments.length > 0)
    folder = arguments[0];
else
    folder = getDirectory("The working folder of Train_from_Tags.ijm");
if (!endsWith(folder, "/") && !endsWith(folder, File.separator))
    folder = folder + File.separator;
if (!File.exists(folder + "run/run.json"))
    exit("There is no run in " + folder + ": run Train_from_Tags.ijm with this folder first.");
image = "";
if (arguments.length > 1)
    image = " image_name=[" + arguments[1] + "]";

// Masks are needed for scores only: leave this line out for images of your own.
run("Evaluate Regions...", "output=[" + folder + "run] masks=[" + folder + "sample/masks]");

run("View Rounds...", "run_folder=[" + folder + "run] show_as=figure output=[" + folder + "rounds.png]" + image);
run("View Rounds...", "run_folder=[" + folder + "run] show_as=hyperstack output=[" + folder + "rounds.tif]" + image);

// The hyperstack's values are those of the layers, so ImageJ can measure them; labels of slices say what they are.
open(folder + "rounds.tif");
getDimensions(width, height, channels, slices, frames);
table = "region,pixels,share\n";
for (channel = 1; channel <= channels; channel++)
    for (slice = 1; slice <= slices; slice++)
        for (frame = 1; frame <= frames; frame++) {
            Stack.setPosition(channel, slice, frame);
            label = getInfo("slice.label");
            if (startsWith(label, "Mined regions")) {
                pixels = 0;
                for (y = 0; y < height; y++)
                    for (x = 0; x < width; x++)
                        if (getPixel(x, y) > 0)
                            pixels++;
                table = table + "\"" + label + "\"," + pixels + "," + d2s(pixels / (width * height), 4) + "\n";
            }
        }
File.saveString(table, folder + "mined.csv");
print(table);
