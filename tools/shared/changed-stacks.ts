/** What every stack's preview runs, or is run by. */
const program =
  /^(index\.ts|Pulumi\.yaml|package\.json|package-lock\.json|tsconfig\.json|(components|config|cloudinit|policy|packages\/sumologic|tools\/(cost|engine)|\.github\/actions\/engine)\/.*)$/;

/** The stacks that a change of these files can touch; the rehearsal's own is in no account. */
export function changedStacks(files: readonly string[], stacks: readonly string[]): string[] {
  const all = files.some((file) => program.test(file));
  return stacks.filter((stack) => stack !== "sandbox" && (all || files.includes(`Pulumi.${stack}.yaml`)));
}
