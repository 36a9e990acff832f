import { XMLBuilder, XMLParser } from "fast-xml-parser";
import { malformed } from "./s3-error";

/** An element's content: text, elements by name, or several elements of a name. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });
const parser = new XMLParser({ parseTagValue: false });

/** A document with one root element, in S3's namespace. */
export function document(root: string, content: { readonly [name: string]: Xml }): string {
  const named = { "@_xmlns": "http://s3.amazonaws.com/doc/2006-03-01/", ...content };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: named })}`;
}

/** What is in a document's root element of that name; all values are texts. @throws S3Error where it is another one */
export function contentOf(text: string, root: string): { readonly [name: string]: Xml } {
  let content: unknown;
  try {
    content = parser.parse(text)[root];
  } catch {
    throw malformed("The body is not XML.");
  }
  if (content === undefined) throw malformed(`The body has to be a ${root}.`);
  return typeof content === "object" && content !== null ? (content as { [name: string]: Xml }) : {};
}

/** The elements of a name, which may be one, several or none. */
export function elements(value: Xml): { readonly [name: string]: Xml }[] {
  const list: readonly Xml[] = Array.isArray(value) ? value : value === undefined ? [] : [value as Xml];
  return list.filter((one): one is { readonly [name: string]: Xml } => typeof one === "object");
}
