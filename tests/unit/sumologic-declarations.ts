import ts from "typescript";

/** A declared type, without the wrappers of the SDK. */
export type Shape =
  | { readonly kind: "string" | "number" | "boolean" }
  | { readonly kind: "array"; readonly items: Shape }
  | { readonly kind: "map"; readonly values: Shape }
  | { readonly kind: "object"; readonly properties: ReadonlyMap<string, Declared> };

export interface Declared {
  readonly shape: Shape;
  readonly optional: boolean;
}

export interface DeclaredResource {
  /** Undefined for the provider. */
  readonly token: string | undefined;
  readonly args: ReadonlyMap<string, Declared>;
  readonly properties: ReadonlyMap<string, Declared>;
}

const wrappers = ["pulumi.Input", "pulumi.Output", "pulumi.Unwrap", "Promise"];

/**
 * Reads the classes and functions a package declares.
 * @param entry its index.d.ts.
 * @throws where the declarations don't compile.
 */
export function declarations(entry: string): {
  resources: ReadonlyMap<string, DeclaredResource>;
  functions: ReadonlyMap<string, ReadonlyMap<string, Declared>>;
} {
  const program = ts.createProgram([entry], {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    types: ["node"],
  });
  const folder = entry.replace(/[^/]+$/, "");
  const files = program.getSourceFiles().filter((file) => file.fileName.startsWith(folder));
  for (const fault of files.flatMap((file) => program.getSemanticDiagnostics(file))) {
    throw new Error(`${fault.file?.fileName}: ${ts.flattenDiagnosticMessageText(fault.messageText, "\n")}`);
  }
  const statements = files.flatMap((file) => [...file.statements]);
  const types = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      types.set(statement.name.text, statement);
    }
  }

  function members(list: ts.NodeArray<ts.TypeElement | ts.ClassElement>): Map<string, Declared> {
    const found = new Map<string, Declared>();
    for (const member of list) {
      if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) continue;
      if (!member.type || ts.getCombinedModifierFlags(member as ts.Declaration) & ts.ModifierFlags.Static)
        continue;
      found.set(member.name.getText(), {
        shape: shapeOf(member.type),
        optional: member.questionToken !== undefined || member.type.getText().includes("undefined"),
      });
    }
    return found;
  }

  function shapeOf(node: ts.TypeNode): Shape {
    const text = node.getText();
    if (text === "string" || text === "number" || text === "boolean") return { kind: text };
    if (ts.isArrayTypeNode(node)) return { kind: "array", items: shapeOf(node.elementType) };
    if (ts.isTypeLiteralNode(node)) return { kind: "object", properties: members(node.members) };
    if (ts.isUnionTypeNode(node)) {
      const [first, ...rest] = node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword);
      if (first && rest.length === 0) return shapeOf(first);
      if (node.types.every(isStringLiteral)) return { kind: "string" };
    }
    if (isStringLiteral(node)) return { kind: "string" };
    if (ts.isTypeReferenceNode(node)) return referenceShape(node);
    throw new Error(`${text} is a form of type that this test does not know`);
  }

  function referenceShape(node: ts.TypeReferenceNode): Shape {
    const name = node.typeName.getText();
    const last = node.typeArguments?.at(-1);
    if (last && wrappers.includes(name)) return shapeOf(last);
    if (last && name === "Record") return { kind: "map", values: shapeOf(last) };
    const type = types.get(name);
    if (!type) throw new Error(`${name} is not declared`);
    if (ts.isTypeAliasDeclaration(type)) return shapeOf(type.type);
    return { kind: "object", properties: members(type.members) };
  }

  const resources = new Map<string, DeclaredResource>();
  const functions = new Map<string, ReadonlyMap<string, Declared>>();
  for (const statement of statements) {
    if (ts.isClassDeclaration(statement) && statement.name) {
      const name = statement.name.text;
      const args = types.get(`${name}Args`);
      if (!args || !ts.isInterfaceDeclaration(args)) throw new Error(`${name}Args is not declared`);
      resources.set(name, {
        token: /__pulumiType: "([^"]+)"/.exec(statement.getText())?.[1],
        args: members(args.members),
        properties: members(statement.members),
      });
    }
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.type) {
      const result = shapeOf(statement.type);
      if (result.kind === "object") functions.set(statement.name.text, result.properties);
    }
  }
  return { resources, functions };
}

function isStringLiteral(node: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal);
}
