/** A public key whose private half nobody has kept. */
export const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPZ2wcT0mErgsmnZ8aLuHYLh5fKA1pk9jd6I7StEXw4q";
