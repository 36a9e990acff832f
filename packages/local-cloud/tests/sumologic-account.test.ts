import { expect } from "chai";
import { extractedFields } from "../sumologic/extraction-rules";
import type { Field } from "../sumologic/fields";
import { type Errors, startApi, type TestApi } from "./sumologic-client";

interface Id {
  readonly id: string;
}

const connection = {
  type: "WebhookDefinition",
  name: "dev slack",
  url: "https://hooks.slack.com/services/T/B/x",
  headers: [{ name: "Authorization", value: "Bearer x" }],
  defaultPayload: '{"text":"{{Name}}"}',
  webhookType: "Slack",
};
const rule = {
  name: "dev nginx access",
  scope: "_sourceCategory=dev/nginx/access",
  parseExpression: 'json "status" as status\n| json "host" as host nodrop',
  enabled: true,
};

describe("Sumo Logic: what an account has once", () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());

  const code = (answer: { body: Errors }) => answer.body.errors[0]?.code;

  it("a connection's life", async () => {
    const made = await api.call<Id>("POST", "v1/connections", connection);
    expect(made.status).to.equal(200);
    expect(made.body).to.deep.include({ ...connection, type: "WebhookConnection", customHeaders: [] });
    const path = `v1/connections/${made.body.id}`;
    expect((await api.call("GET", path)).body).to.deep.equal(made.body);
    expect(code(await api.call("POST", "v1/connections", connection))).to.match(/^connection:/);

    const { headers: _, ...rest } = connection;
    const changed = await api.call("PUT", path, { ...rest, description: "b" });
    expect(changed.body).to.deep.include({ description: "b", headers: [] });
    expect((await api.call("GET", "v1/connections")).body).to.deep.equal({
      data: [changed.body],
      next: null,
    });
    expect((await api.call("DELETE", `${path}?type=WebhookConnection`)).status).to.equal(204);
    const gone = await api.call<Errors>("GET", path);
    // The provider knows a connection that is gone by these words.
    expect(gone.body.errors[0]?.message).to.equal("Connection with given ID does not exist.");
  });

  it("a connection is checked", async () => {
    const fault = async (fields: object) =>
      (await api.call<Errors>("POST", "v1/connections", { ...connection, ...fields })).body.errors[0]
        ?.message;
    expect(await fault({ name: "x".repeat(129) })).to.match(/^name: .*128/);
    expect(await fault({ url: "ftp://example.com" })).to.match(/^url: /);
    expect(await fault({ defaultPayload: "{" })).to.equal("defaultPayload: must be JSON");
    expect(await fault({ webhookType: "Pigeon" })).to.match(/^webhookType: /);
  });

  it("a field's life", async () => {
    const made = await api.call<Field>("POST", "v1/fields", {
      fieldId: "",
      fieldName: "team",
      dataType: "",
      state: "",
    });
    expect(made.body).to.include({ fieldName: "team", dataType: "String", state: "Enabled" });
    const path = `v1/fields/${made.body.fieldId}`;
    expect(code(await api.call("POST", "v1/fields", { fieldName: "TEAM" }))).to.equal("field:already_exists");
    await api.call("DELETE", `${path}/disable`);
    expect((await api.call("GET", path)).body).to.include({ state: "Disabled" });
    await api.call("PUT", `${path}/enable`);
    expect((await api.call("GET", path)).body).to.include({ state: "Enabled" });
    expect((await api.call("GET", "v1/fields")).body).to.deep.equal({ data: [made.body] });
    expect((await api.call("DELETE", path)).status).to.equal(204);
    expect(code(await api.call("GET", path))).to.equal("field:doesnt_exist");
    expect((await api.call("POST", "v1/fields", { fieldName: "a b" })).status).to.equal(400);
  });

  it("a rule's life", async () => {
    const made = await api.call<Id>("POST", "v1/extractionRules", rule);
    expect(made.body).to.deep.include({ ...rule, fieldNames: ["status", "host"] });
    const path = `v1/extractionRules/${made.body.id}`;
    const twin = await api.call<Errors>("POST", "v1/extractionRules", rule);
    expect(code(twin)).to.equal("fer:invalid_extraction_rule");
    expect(twin.body.errors[0]?.meta?.reason).to.equal(
      "A field extraction rule with name 'dev nginx access' already exists",
    );
    const changed = await api.call("PUT", path, { ...rule, enabled: false });
    expect((await api.call("GET", path)).body).to.deep.equal(changed.body);
    expect((await api.call("GET", "v1/extractionRules")).body).to.deep.equal({
      data: [changed.body],
      next: null,
    });
    expect((await api.call("DELETE", path)).status).to.equal(204);
    expect(code(await api.call("GET", path))).to.equal("fer:not_found");
  });

  it("a rule adds its fields, holds them while it is there, and leaves them behind", async () => {
    await api.call("POST", "v1/fields", { fieldName: "status", dataType: "Long", state: "Enabled" });
    const { body: made } = await api.call<Id>("POST", "v1/extractionRules", rule);
    const fields = (await api.call<{ data: Field[] }>("GET", "v1/fields")).body.data;
    expect(fields.map(({ fieldName, dataType }) => [fieldName, dataType])).to.deep.equal([
      ["status", "Long"],
      ["host", "String"],
    ]);
    const path = `v1/fields/${fields[1]?.fieldId}`;
    const held = await api.call<Errors>("DELETE", path);
    expect(code(held)).to.equal("field:cant_be_deleted");
    expect(held.body.errors[0]?.meta?.reason).to.match(/Field Extraction Rule/);
    await api.call("DELETE", `v1/extractionRules/${made.id}`);
    expect((await api.call("DELETE", path)).status).to.equal(204);
  });

  const expressions: Record<string, string[]> = {
    'json "status" as status': ["status"],
    'parse "* - * [*]" as host, user ,time nodrop | where user != "as if"': ["host", "user", "time"],
    'parse regex "(?<method>[A-Z]+) (?<url>\\S+)"': ["method", "url"],
    'json "a", "b" as a, b | json "a" as a': ["a", "b"],
    'json "status", "request_time" nodrop': ["status", "request_time"],
    'json field=_raw "a|b" as a | where a = "x"': ["a"],
    "json auto": [],
  };
  for (const [expression, fields] of Object.entries(expressions)) {
    it(`knows the fields of ${expression}`, () => {
      expect(extractedFields(expression)).to.deep.equal(fields);
    });
  }
});
