import type * as pulumi from "@pulumi/pulumi";

/** A folder of the content library. */
export declare class Folder extends pulumi.CustomResource {
  static readonly __pulumiType: "sumologic:index/folder:Folder";
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: Partial<FolderArgs>,
    opts?: pulumi.CustomResourceOptions,
  ): Folder;
  static isInstance(obj: unknown): obj is Folder;
  constructor(name: string, args: FolderArgs, opts?: pulumi.CustomResourceOptions);
  readonly name: pulumi.Output<string>;
  readonly description: pulumi.Output<string>;
  readonly parentId: pulumi.Output<string>;
}

export interface FolderArgs {
  /** Name, unique in its parent; 1 to 255 characters. Default: the resource's name and a random suffix. */
  readonly name?: pulumi.Input<string>;
  readonly description: pulumi.Input<string>;
  /** Folder it lies in, e.g. `getPersonalFolderOutput().id`. A change replaces the folder. */
  readonly parentId: pulumi.Input<string>;
}

/** What is known of a folder that is looked up. */
export interface FolderResult {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** The personal folder of the user whose access key is used. */
export declare function getPersonalFolder(
  args?: Record<string, never>,
  opts?: pulumi.InvokeOptions,
): Promise<FolderResult>;
export declare function getPersonalFolderOutput(
  args?: Record<string, never>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<FolderResult>;

/** The folder `Admin Recommended`, which all users see; writing to it takes `adminMode`. */
export declare function getAdminRecommendedFolder(
  args?: Record<string, never>,
  opts?: pulumi.InvokeOptions,
): Promise<FolderResult>;
export declare function getAdminRecommendedFolderOutput(
  args?: Record<string, never>,
  opts?: pulumi.InvokeOutputOptions,
): pulumi.Output<FolderResult>;
