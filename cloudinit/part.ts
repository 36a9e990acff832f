/** A file that cloud-init writes once the packages are installed. */
export interface ServerFile {
  readonly path: string;
  readonly content: string;
  /** Octal; default 0644. Whatever holds a secret is 0400 or 0600, root's. */
  readonly mode?: "0400" | "0600" | "0700" | "0755";
}

/** What one concern adds to a server. */
export interface Part {
  readonly packages?: readonly string[];
  readonly files?: readonly ServerFile[];
  /** TCP ports that the VPC may reach here. */
  readonly serves?: readonly number[];
  /** TCP ports that this server reaches in the VPC. */
  readonly calls?: readonly number[];
  /** Units that start now and at every boot; the user-data fails when one of them does. */
  readonly units?: readonly string[];
  /** Units that come with the image or a package and are not to run. */
  readonly unwanted?: readonly string[];
}
