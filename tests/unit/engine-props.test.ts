import { expect } from "chai";
import fc from "fast-check";
import { camel, given, type Props, snake } from "../../tools/engine/props";

describe("Engine: names of properties", () => {
  it("turns camelCase to snake_case at any depth, and leaves values alone", () => {
    const inputs = { vpcUuid: "aB", rules: [{ portRange: "22", sourceTags: ["sshAdmin"] }], ipv6: true };
    expect(snake(inputs)).to.deep.equal({
      vpc_uuid: "aB",
      rules: [{ port_range: "22", source_tags: ["sshAdmin"] }],
      ipv6: true,
    });
  });

  it("gives back what it was given", () => {
    const name = fc.stringMatching(/^[a-z]{1,8}([A-Z][a-z]{1,8}){0,3}$/);
    const props = fc.dictionary(name, fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)));
    fc.assert(
      fc.property(props, (value: Props) => {
        expect(camel(snake(value))).to.deep.equal({ ...value });
      }),
    );
  });

  it("leaves out what has no value, and keeps an explicit null", () => {
    expect(given({ a: undefined, b: null, c: 0 })).to.deep.equal({ b: null, c: 0 });
  });
});
