import { expect } from "chai";
import { Database, describeStack, Network } from "../../../components";
import { type Props, text } from "../../../tools/engine/props";
import { record } from "../../recorder";
import { settingsOf } from "../config-support";

const registered = (settings: Props) =>
  record(() => {
    const stack = describeStack(settingsOf(settings), "web-infra", "test");
    const database = new Database("database", { stack, network: new Network("network", { stack }) });
    return database.spec(stack.nodes[0] as (typeof stack.nodes)[number]);
  });

describe("backups", () => {
  it("go to a private bucket, with a key that opens no other", async () => {
    const { plain: bucket } = (await registered({ database: { backups: { enabled: true } } })).one(
      "SpacesBucket",
    );
    expect(bucket).to.include({ name: "web-infra-test-backups-1a2b3c4d", region: "nyc3", acl: "private" });
    const key = (await registered({ database: { backups: { enabled: true } } })).one("SpacesKey");
    expect(key.plain.grants).to.eql([{ bucket: bucket.name, permission: "readwrite" }]);
  });

  it("may be in another region than the servers", async () => {
    const backups = { enabled: true, region: "ams3" };
    const { plain } = (await registered({ database: { backups } })).one("SpacesBucket");
    expect(text(plain.region)).to.equal("ams3");
  });

  it("are protected in production, and go with the stack elsewhere", async () => {
    const bucketOf = async (environment: string) =>
      (await registered({ environment, database: { backups: { enabled: true } } })).one("SpacesBucket");
    const production = await bucketOf("production");
    expect([production.protect, production.plain.forceDestroy]).to.eql([true, false]);
    expect((await bucketOf("development")).plain.forceDestroy).to.equal(true);
  });

  it("are left to DigitalOcean where the database is managed, and need a key to Spaces elsewhere", async () => {
    const pools = [
      { name: "web", count: 1, roles: ["web"] },
      { name: "app", count: 1, roles: ["app"] },
    ];
    const managed = { pools, database: { mode: "managed", backups: { enabled: true } } };
    for (const settings of [managed, {}])
      expect((await registered(settings)).names("SpacesBucket")).to.eql([]);
  });

  it("are read, and no more, by a stack that begins with them", async () => {
    const restoreFrom = { bucket: "other-backups", passphrase: "hush" };
    const { plain } = (await registered({ database: { restoreFrom } })).one("SpacesKey");
    expect(plain.grants).to.eql([{ bucket: "other-backups", permission: "read" }]);
  });
});
