import { join } from "node:path";

/** The project's own folder, with the program in it. */
export const projectDirectory = join(__dirname, "../..");
