/** An image as the API shows it. */
export interface Image {
  readonly id: number;
  readonly name: string;
  readonly distribution: string;
  readonly slug: string | null;
  readonly public: boolean;
  readonly regions: readonly string[];
  readonly created_at: string;
  readonly min_disk_size: number;
  readonly type: "base" | "snapshot" | "backup" | "custom";
  readonly size_gigabytes: number;
  readonly description: string;
  readonly tags: readonly string[];
  readonly status: "available" | "pending" | "deleted";
  readonly error_message: string;
}

const rows: readonly (readonly [id: number, slug: string, distribution: string, name: string])[] = [
  [112929454, "ubuntu-20-04-x64", "Ubuntu", "20.04 (LTS) x64"],
  [159651797, "ubuntu-22-04-x64", "Ubuntu", "22.04 (LTS) x64"],
  [195932981, "ubuntu-24-04-x64", "Ubuntu", "24.04 (LTS) x64"],
  [133207363, "debian-11-x64", "Debian", "11 x64"],
  [191529275, "debian-12-x64", "Debian", "12 x64"],
  [204310187, "debian-13-x64", "Debian", "13 x64"],
  [165064182, "centos-stream-9-x64", "CentOS", "Stream 9 x64"],
  [153922331, "rockylinux-9-x64", "Rocky Linux", "9 x64"],
  [193082101, "fedora-42-x64", "Fedora", "42 x64"],
];

/** The public images; every region has them. */
export const publicImages = (regions: readonly string[]): Image[] =>
  rows.map(([id, slug, distribution, name]) => ({
    id,
    name,
    distribution,
    slug,
    public: true,
    regions,
    created_at: "2026-01-15T00:00:00Z",
    min_disk_size: 7,
    type: "base",
    size_gigabytes: 0.62,
    description: `${distribution} ${name}`,
    tags: [],
    status: "available",
    error_message: "",
  }));
