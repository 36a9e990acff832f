import { once } from "node:events";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect } from "chai";
import { answerAt } from "../../nodes/sockets";

describe("a socket whose connections another server answers", () => {
  it("ends those too that never got through their handshake", async () => {
    const socket = createServer().listen(0, "127.0.0.1");
    await once(socket, "listening");
    const end = answerAt(socket, createHttps());
    const client = connect((socket.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connection");
    end();
    await Promise.all([once(client, "close"), once(socket, "close")]);
    expect(socket.listening).to.equal(false);
  });
});
