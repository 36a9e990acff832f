import { expect } from "chai";
import { networkOf } from "../../nodes/addresses";
import { metadata, page } from "../../nodes/metadata";
import { dropletBody } from "./objects";

const known = metadata(
  dropletBody(1, "#cloud-config\n", { tags: ["web", "db"], sshKeys: ["ssh-ed25519 AAAA me"] }),
  networkOf("10.10.0.0/20"),
);

describe("the metadata service", () => {
  it("has the document that cloud-init reads", () => {
    const document = JSON.parse(page(known, "/metadata/v1.json") ?? "");
    expect(document).to.deep.include({
      droplet_id: 1,
      hostname: "node-1",
      user_data: "#cloud-config\n",
      region: "nyc3",
    });
    expect(document.public_keys).to.deep.equal(["ssh-ed25519 AAAA me"]);
    expect(document.interfaces.public[0]).to.deep.equal({
      ipv4: { ip_address: "198.18.0.11", netmask: "255.254.0.0", gateway: "198.18.0.1" },
      mac: "02:00:c6:12:00:0b",
      type: "public",
    });
    expect(document.interfaces.private[0].ipv4.netmask).to.equal("255.255.240.0");
    expect(document.dns.nameservers).to.deep.equal(["67.207.67.2", "67.207.67.3"]);
  });

  it("has a page for each value and an index above it", () => {
    expect(page(known, "/metadata/v1/id")).to.equal("1");
    expect(page(known, "/metadata/v1/interfaces/public/0/ipv4/address")).to.equal("198.18.0.11");
    expect(page(known, "/metadata/v1/tags")).to.equal("web\ndb");
    expect(page(known, "/metadata/v1/")?.split("\n")).to.include.members([
      "id",
      "user-data",
      "interfaces/",
      "dns/",
    ]);
    expect(page(known, "/metadata/v1/interfaces/private/0/")?.split("\n")).to.deep.equal([
      "ipv4/",
      "mac",
      "type",
    ]);
  });

  it("has nothing else", () => {
    for (const path of ["/", "/metadata/v2/id", "/metadata/v1/nope", "/metadata/v1/id/x"]) {
      expect(page(known, path), path).to.equal(undefined);
    }
  });
});
