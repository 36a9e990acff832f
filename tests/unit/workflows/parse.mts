// GitHub's own parser, in a process of its own: it is an ES module that imports JSON.
import { readFileSync } from "node:fs";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

async function faultsOf(name: string): Promise<string[]> {
  const content = readFileSync(name, "utf8");
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

Promise.all(process.argv.slice(2).map(async (name) => [name, await faultsOf(name)])).then((faults) =>
  console.log(JSON.stringify(Object.fromEntries(faults))),
);
