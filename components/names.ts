/** Where a name or tag belongs: the program and its stack. */
export interface Scope {
  readonly project: string;
  readonly stack: string;
}

/** A DigitalOcean tag: `<project>:<stack>` for the whole stack, `<project>:<stack>:<what>` for a part of it. */
export const tagName = ({ project, stack }: Scope, what?: string): string =>
  [project, stack, what].filter((part) => part !== undefined).join(":");

/** Type token of a component: `<project>:<module>:<Class>`, the same in every stack. */
export const typeToken = (module: string, className: string): string => `web-infra:${module}:${className}`;
