import { runtime } from "@pulumi/pulumi";
import { expect } from "chai";
import { isSecret, plain, secret, shown } from "../../tools/engine/registration";

const urn = "urn:pulumi:dev::web::digitalocean:index/vpc:Vpc::network-vpc";
const resource = { [runtime.specialSigKey]: runtime.specialResourceSig, urn, id: "17" };
const inputs = {
  name: "web-1",
  userData: secret("#cloud-config hush"),
  addresses: ["10.0.0.2", runtime.unknownValue],
  nested: { list: [secret({ key: "hush" })], vpc: resource },
};

describe("Engine: marks of the SDK", () => {
  it("shows neither secrets nor the marks", () => {
    expect(shown(inputs)).to.deep.equal({
      name: "web-1",
      userData: "[secret]",
      addresses: ["10.0.0.2", "[unknown]"],
      nested: { list: ["[secret]"], vpc: urn },
    });
  });

  it("gives providers the values, and a resource as its id", () => {
    const { name, userData, nested } = plain(inputs) as Record<string, unknown>;
    expect({ name, userData, nested }).to.deep.equal({
      name: "web-1",
      userData: "#cloud-config hush",
      nested: { list: [{ key: "hush" }], vpc: "17" },
    });
  });

  it("knows a secret", () => {
    expect([secret(null), secret({}), {}, null, "[secret]"].map((value) => isSecret(value))).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
