import { itFinds, pool, ssh } from "./config-support";

const { server } = pool;
const range = (ipRange: string, more: Readonly<Record<string, unknown>> = {}) => ({
  network: { ipRange },
  ...more,
});

describe("faults of access, network and names", () => {
  itFinds([
    [
      "SSH from everywhere",
      ssh("0.0.0.0/0"),
      ["access.adminCidrs[0]", /never open to the whole internet/, /\/32/],
    ],
    [
      "SSH from all of IPv6",
      ssh("::/0"),
      ["access.adminCidrs[0]", /\/16 at the widest/, /addresses you administer/],
    ],
    [
      "SSH from half the internet, twice",
      ssh("0.0.0.0/1", "128.0.0.0/1"),
      ["access.adminCidrs[0]", /\/8/, /List/],
      ["access.adminCidrs[1]", /\/8/, /List/],
    ],
    [
      "a bad CIDR beside a world-open one",
      ssh("203.0.113.0/33", "0.0.0.0/0"),
      ["access.adminCidrs[0]", /203\.0\.113\.0\/24/, /203\.0\.113\.7\/32/],
      ["access.adminCidrs[1]", /\/8/, /List/],
    ],
    [
      "an address without length",
      ssh("203.0.113.7"),
      ["access.adminCidrs[0]", /\/32` for one address/, /within the limit/],
    ],
    [
      "host bits",
      ssh("203.0.113.7/24"),
      ["access.adminCidrs[0]", /bits after the \/24/, /203\.0\.113\.7\/32/],
    ],
    [
      "host bits of IPv6",
      ssh("2001:db8::1/32"),
      ["access.adminCidrs[0]", /bits after the \/32/, /2001:db8::1\/128/],
    ],
    [
      "ranges without a key",
      { access: { adminCidrs: ["203.0.113.0/24"] } },
      ["access.sshKeys", /at least one key/, /Add your public key/],
    ],
    [
      "a key cut short",
      { access: { sshKeys: ["ssh-ed25519 AAAAC3Nz"] } },
      ["access.sshKeys[0]", /whole public key/, /in full/],
    ],
    ["no key at all", { access: { sshKeys: ["hello"] } }, ["access.sshKeys[0]", /\.pub/, /within the limit/]],
    [
      "a bad VPC range",
      range("10.0.0.0/33"),
      ["network.ipRange", /private range/, /default, "10\.30\.0\.0\/20"/],
    ],
    [
      "a public VPC range",
      range("8.8.0.0/20"),
      ["network.ipRange", /within 10\.0\.0\.0\/8/, /private range/],
    ],
    ["a VPC too wide", range("10.0.0.0/8"), ["network.ipRange", /\/16 to \/28/, /\/20/]],
    [
      "a VPC too narrow",
      range("10.0.0.0/29"),
      ["network.ipRange", /\/16 to \/28/, /\/20/],
      ["network.ipRange", /addresses or more/, /\/28 or wider/],
    ],
    ["VPC host bits", range("10.30.0.1/20"), ["network.ipRange", /bits after the \/20/, /Clear/]],
    [
      "a reserved VPC range",
      range("10.244.0.0/20"),
      ["network.ipRange", /outside 10\.244\.0\.0\/16/, /another range/],
    ],
    [
      "a VPC range reserved in the region",
      range("10.10.0.0/20", { region: "nyc1" }),
      ["network.ipRange", /10\.10\.0\.0\/16.*nyc1/, /another/],
    ],
    [
      "a VPC too small for its servers",
      range("10.30.0.0/28", { pools: [{ ...server, count: 5 }] }),
      ["network.ipRange", /17 addresses/, /\/27 or wider/],
    ],
    ["an underscore in the domain", { domain: "foo_bar.com" }, ["domain", /lower case/, /foobar\.com/]],
    ["a domain of one label", { domain: "localhost" }, ["domain", /two or more labels/, /leave it out/]],
    ["a dot at the end", { domain: "foobar.com." }, ["domain", /without a dot/, /leave it out/]],
    ["a domain too long", { domain: `${"a.".repeat(130)}com` }, ["domain", /253/, /leave it out/]],
    [
      "a domain too long for its servers",
      { domain: `${"a.".repeat(118)}com` },
      ["domain", /253.*now/, /shorter domain/],
    ],
    [
      "a host and domain too long",
      { domain: `${"a.".repeat(118)}com`, host: "w".repeat(20) },
      ["host", /260 now/, /Shorten/],
      ["domain", /253/, /shorter/],
    ],
    ["a host of two labels", { host: "www.eu" }, ["host", /one label/, /"www"/]],
    ["a region that is none", { region: "mars" }, ["region", /region slug/, /nyc3/]],
  ]);
});
