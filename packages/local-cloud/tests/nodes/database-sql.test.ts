import { expect } from "chai";
import { statements } from "../../nodes/database-sql";

describe("a managed database's statements", () => {
  it("make databases and accounts that must use TLS", () => {
    const text = statements(
      { db_names: ["app"], users: [{ name: "doadmin", password: "x" }] },
      { databases: [], users: [] },
    );
    expect(text.trim().split("\n")).to.deep.equal([
      "CREATE DATABASE IF NOT EXISTS `app`;",
      "CREATE USER IF NOT EXISTS 'doadmin'@'%';",
      "ALTER USER 'doadmin'@'%' IDENTIFIED BY 'x' REQUIRE SSL;",
      "GRANT ALL PRIVILEGES ON *.* TO 'doadmin'@'%' WITH GRANT OPTION;",
    ]);
  });

  it("remove what the API had and has no more", () => {
    const text = statements({ db_names: [], users: [] }, { databases: ["old"], users: ["gone"] });
    expect(text)
      .to.contain("DROP DATABASE IF EXISTS `old`;")
      .and.to.contain("DROP USER IF EXISTS 'gone'@'%';");
  });

  it("let no name or password out of its quotes", () => {
    const text = statements(
      { db_names: ["a`b"], users: [{ name: "it's", password: "\\'; DROP" }] },
      { databases: [], users: [] },
    );
    expect(text)
      .to.contain("`a``b`")
      .and.to.contain("'it''s'@'%'")
      .and.to.contain("IDENTIFIED BY '\\\\''; DROP'");
  });
});
