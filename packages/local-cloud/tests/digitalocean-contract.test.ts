import { expect } from "chai";
import { startApi, type TestApi } from "./digitalocean-client";
import { computeLives } from "./lives/compute";
import { databaseLives } from "./lives/databases";
import { storageLives } from "./lives/storage";
import { trafficLives } from "./lives/traffic";
import { watchLives } from "./lives/watch";
import { contract } from "./openapi";

/** Parts of the document that the local cloud leaves out; docs/local-cloud.md says the same. */
const leftOut = [
  /account_transfer/,
  /destroy_with_associated_resources/,
  /\/images\/\{image_id\}\/actions/,
  /\/metrics\/(apps|database|droplet_autoscale)\//,
  /\/monitoring\/sinks/,
  /online-migration/,
  /peerings/,
];

describe("DigitalOcean's answers are as documented in the life", () => {
  let api: TestApi;
  const client = () => api.client;

  before(async function () {
    if (!contract) {
      console.log("      skipped: the OpenAPI document is not beside this clone");
      this.skip();
    }
    api = await startApi();
  });
  after(() => api?.close());

  for (const lives of [computeLives, storageLives, trafficLives, databaseLives, watchLives]) lives(client);

  it("of everything the document has, but for the parts left out", () => {
    const wanted = contract
      ?.operations()
      .filter((operation) => !leftOut.some((part) => part.test(operation)));
    expect(wanted?.filter((operation) => !api.client.succeeded.has(operation))).to.deep.equal([]);
  });
});
