import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Made } from "../kind";
import { type Props, text } from "../props";

/** Random values, by the last part of their type. */
export const random: Readonly<Record<string, (inputs: Props) => Promise<Made>>> = {
  RandomPassword: async (inputs) => {
    const result = characters(inputs);
    return { id: "none", outputs: { ...inputs, result } };
  },
  RandomString: async (inputs) => {
    const result = characters(inputs);
    return { id: result, outputs: { ...inputs, result } };
  },
  RandomUuid: async (inputs) => {
    const result = randomUUID();
    return { id: result, outputs: { ...inputs, result } };
  },
  RandomId: async (inputs) => {
    const bytes = randomBytes(Number(inputs.byteLength));
    const prefix = text(inputs.prefix);
    const id = bytes.toString("base64url");
    return {
      id,
      outputs: {
        ...inputs,
        hex: prefix + bytes.toString("hex"),
        dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
        b64Std: prefix + bytes.toString("base64"),
        b64Url: prefix + id,
      },
    };
  },
};

const classes = [
  { wanted: "lower", least: "minLower", letters: "abcdefghijklmnopqrstuvwxyz" },
  { wanted: "upper", least: "minUpper", letters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { wanted: "numeric", least: "minNumeric", letters: "0123456789" },
  { wanted: "special", least: "minSpecial", letters: "!@#$%&*()-_=+[]{}<>:?" },
];

/** Of the classes that are not switched off, with at least as many of each as is asked for. */
function characters(inputs: Props): string {
  const used = classes
    .filter(({ wanted }) => inputs[wanted] !== false)
    .map((kind) => ({
      least: Number(inputs[kind.least] ?? 0),
      letters: kind.wanted === "special" ? text(inputs.overrideSpecial) || kind.letters : kind.letters,
    }));
  const all = used.map(({ letters }) => letters).join("");
  const chosen = used.flatMap(({ least, letters }) => pick(letters, least));
  return shuffled([...chosen, ...pick(all, Number(inputs.length) - chosen.length)]).join("");
}

function pick(letters: string, count: number): string[] {
  return Array.from({ length: count }, () => letters.charAt(randomInt(letters.length)));
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: randomInt(2 ** 47) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
