import { z } from "zod";

const sshKey = z
  .string()
  .regex(
    /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]+=*( [^\r\n]*)?$/,
  )
  .meta({
    description: "A public key.",
    limits: "one line, as in a `.pub` file: type, key and comment",
    example: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
  });

const adminCidr = z.cidrv4().or(z.cidrv6()).meta({
  description: "An address range.",
  limits:
    "a range such as `203.0.113.0/24`, or `203.0.113.7/32` for one address; IPv4 /8 or IPv6 /16 at the widest",
  example: "203.0.113.7/32",
});

export const access = z
  .strictObject({
    sshKeys: z.array(sshKey).default([]).meta({
      description: "Public keys that may log in as `admin`.",
      replaces: "every server",
    }),
    adminCidrs: z.array(adminCidr).default([]).meta({
      description:
        "Address ranges from which SSH is reachable; none by default, and never the whole internet.",
      replaces: "every server",
    }),
  })
  .prefault({})
  .meta({ description: "Who may log in to the servers, and from where." });
