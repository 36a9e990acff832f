import { execFileSync } from "node:child_process";
import { stacks } from "./engine/stackfile";
import { changedStacks } from "./shared/changed-stacks";
import { command, main } from "./shared/command";
import { projectDirectory } from "./shared/project";

/** `npx tsx tools/changed-stacks.ts REF`: which stacks the workflows have to look at. */
main(
  command("changed-stacks", "Lists, as JSON, the stacks that the commits since a git ref can touch.")
    .argument("<ref>", "git ref to compare with: a branch, tag or commit")
    .action((ref: string) => {
      const options = { cwd: projectDirectory, encoding: "utf8", stdio: "pipe" } as const;
      const files = execFileSync("git", ["diff", "--name-only", ref, "HEAD", "--"], options).split("\n");
      console.log(JSON.stringify(changedStacks(files, stacks(projectDirectory))));
    }),
);
