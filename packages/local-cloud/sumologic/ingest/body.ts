import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { SumoError } from "../errors";

/** The longest body that is taken once unpacked, in bytes. */
const longest = 64 * 2 ** 20;
const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/**
 * The body as it was before it was packed for the way.
 * @throws SumoError 415 for an unknown encoding, 400 for a broken body, 413 for one that is too long.
 */
export async function unpack(body: Buffer, encoding = "identity"): Promise<Buffer> {
  if (encoding === "identity") return body;
  if (encoding !== "gzip" && encoding !== "deflate") {
    throw new SumoError(
      415,
      "contenttype.invalid",
      `Content-Encoding ${encoding} is not gzip, deflate or identity.`,
    );
  }
  try {
    return await unpackers[encoding](body, { maxOutputLength: longest });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new SumoError(413, "too_large", `The body is longer than ${longest} bytes once unpacked.`);
    }
    throw new SumoError(400, "bad_request", `The body is not ${encoding}.`);
  }
}
