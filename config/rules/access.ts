import { parseCidr } from "../cidr";
import { type Fault, shown } from "../faults";
import type { Rule } from "../rule";

/** The widest ranges that may reach SSH, by address length: any wider comes near the whole internet. */
const widest = { 32: 8, 128: 16 } as const;

function rangeFaults(range: string, index: number): Fault[] {
  const cidr = parseCidr(range);
  const path = `access.adminCidrs[${index}]`;
  if (!cidr)
    return [{ path, value: shown(range), limit: "an address range", mend: "Write it as 203.0.113.0/24." }];
  if (cidr.prefix < widest[cidr.bits])
    return [
      {
        path,
        value: shown(range),
        limit: `/${widest[cidr.bits]} at the widest: SSH is never open to the whole internet`,
        mend: "List the addresses you administer from, each as <address>/32 or as your network's range.",
      },
    ];
  if (!cidr.aligned)
    return [
      {
        path,
        value: shown(range),
        limit: `the first address of a range: bits after the /${cidr.prefix} are set`,
        mend: `Write ${range.split("/")[0]}/${cidr.bits} for this one address, or clear the bits after the /${cidr.prefix}.`,
      },
    ];
  return [];
}

const narrowRanges: Rule = {
  compares: [],
  check: ({ access }) => access.adminCidrs.flatMap(rangeFaults),
};

const keysToUse: Rule = {
  compares: ["access.adminCidrs", "access.sshKeys"],
  check: ({ access: { sshKeys, adminCidrs } }) =>
    adminCidrs.length > 0 && sshKeys.length === 0
      ? [
          {
            path: "access.sshKeys",
            value: shown(sshKeys),
            limit: "at least one key where access.adminCidrs opens SSH: there are no passwords",
            mend: "Add your public key, or remove access.adminCidrs.",
          },
        ]
      : [],
};

/** The type that stands within the encoded key is to be the one before it: a key cut short or mixed up fails here. */
function soundKey(key: string): boolean {
  const [type = "", blob = ""] = key.split(" ");
  const bytes = Buffer.from(blob, "base64");
  const length = Buffer.byteLength(type);
  return (
    bytes.length > length + 4 &&
    bytes.readUInt32BE(0) === length &&
    bytes.toString("latin1", 4, 4 + length) === type
  );
}

const soundKeys: Rule = {
  compares: [],
  check: ({ access }) =>
    access.sshKeys.flatMap((key, index) =>
      soundKey(key)
        ? []
        : [
            {
              path: `access.sshKeys[${index}]`,
              value: shown(key),
              limit: "a whole public key: the encoded part has to be of the type before it",
              mend: "Copy the line of the .pub file again, in full.",
            },
          ],
    ),
};

export const accessRules = [narrowRanges, keysToUse, soundKeys];
