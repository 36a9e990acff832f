import { expect } from "chai";
import type { Live } from "../../../tools/live";

/** What is closed from the inside, on a server with every role. */
export function hardening(stack: () => Live, { appPort }: { readonly appPort: number }): void {
  describe("inside a server", () => {
    const node = () => stack().servers[0]?.name ?? "";
    const inside = (...argv: string[]) => stack().nodes.run(node(), argv);
    const failing = (...argv: string[]) =>
      inside(...argv).then(
        () => false,
        () => true,
      );

    it("nothing listens to others but what the roles serve and SSH", async () => {
      const sockets = (await inside("ss", "-Htuln"))
        .trim()
        .split("\n")
        .map((line) => line.split(/\s+/));
      const local = sockets.map(([kind, , , , address = ""]) => ({ kind, address }));
      const open = local.filter(({ address }) => !/^(127\.|\[::1\])/.test(address));
      const ports = new Set(
        open.map(({ kind, address }) => `${kind} ${address.slice(address.lastIndexOf(":") + 1)}`),
      );
      expect([...ports]).to.have.members(["tcp 22", "tcp 443", "tcp 3306", `tcp ${appPort}`, "tcp 9200"]);
    });

    it("secrets are nowhere that others may read", async () => {
      const key = (await inside("cat", "/etc/tls/private-key.pem")).split("\n")[1] ?? "";
      const passwords = ["/etc/app/database-password", "/etc/database/secrets/replication-password"];
      const secrets = [key, ...(await Promise.all(passwords.map((file) => inside("cat", file))))];
      const search = "grep -rlF -f - /etc /var /opt /root /home /srv /tmp /run 2>/dev/null || true";
      const files = (
        await stack().nodes.run(
          node(),
          ["sh", "-c", search],
          secrets.map((one) => `${one.trim()}\n`).join(""),
        )
      )
        .trim()
        .split("\n");
      expect(files).to.include.members(["/etc/tls/private-key.pem", ...passwords]);
      for (const file of files) {
        for (const user of ["nobody", "www-data", "admin"]) {
          expect(await failing("runuser", "-u", user, "--", "cat", file), `${user} reads ${file}`).to.equal(
            true,
          );
        }
      }
    });

    it("the metadata service answers root alone", async () => {
      const ask = ["curl", "-sSf", "-m", "3", "http://169.254.169.254/metadata/v1/user-data"];
      expect(await inside(...ask)).to.contain("#cloud-config");
      for (const user of ["nobody", "www-data", "mysql", "haproxy"]) {
        expect(await failing("runuser", "-u", user, "--", ...ask), user).to.equal(true);
      }
      const sandboxed = ["systemd-run", "--quiet", "--pipe", "--wait", "--property=DynamicUser=yes"];
      expect(await failing(...sandboxed, ...ask)).to.equal(true);
    });

    it("SSH takes keys of the admin alone", async () => {
      const settings = (await inside("sshd", "-T")).trim().split("\n");
      expect(settings).to.include.members([
        "permitrootlogin no",
        "passwordauthentication no",
        "kbdinteractiveauthentication no",
        "permitemptypasswords no",
        "authenticationmethods publickey",
        "allowusers admin",
        "allowtcpforwarding no",
        "allowagentforwarding no",
        "x11forwarding no",
        "permituserenvironment no",
      ]);
      const ciphers = settings.find((line) => line.startsWith("ciphers ")) ?? "";
      expect(ciphers).not.to.match(/cbc|arcfour|3des/);
      const shadow = (await inside("cat", "/etc/shadow"))
        .trim()
        .split("\n")
        .map((line) => line.split(":"));
      expect(
        shadow.filter(([, hash = ""]) => /^[^!*]/.test(hash) || hash === "").map(([user]) => user),
      ).to.deep.equal([]);
    });

    it("the services run in sandboxes", async () => {
      // systemd's own measure, times ten: up to 20 is what it calls OK.
      for (const unit of ["app.service", "database-node.service"]) {
        await inside("systemd-analyze", "security", "--no-pager", "--threshold=20", unit);
      }
    });

    it("the application's user can neither write outside its folder nor reach what is none of its business", async () => {
      const main = (await inside("systemctl", "show", "--value", "--property=MainPID", "app")).trim();
      const status = await inside("cat", `/proc/${main}/status`);
      expect(status)
        .to.match(/^NoNewPrivs:\t1$/m)
        .and.match(/^CapEff:\t0+$/m)
        .and.match(/^CapBnd:\t0+$/m)
        .and.match(/^Seccomp:\t2$/m);
      const as = ["nsenter", "-t", main, "-m", "--", "touch"];
      for (const path of ["/etc/x", "/opt/app/x", "/usr/x", "/var/lib/x"]) {
        expect(await failing(...as, path), path).to.equal(true);
      }
    });

    it("the kernel's network settings are in force", async () => {
      const wanted = {
        "net.ipv4.conf.all.rp_filter": "1",
        "net.ipv4.conf.all.accept_redirects": "0",
        "net.ipv4.conf.all.send_redirects": "0",
        "net.ipv4.conf.all.accept_source_route": "0",
        "net.ipv4.tcp_syncookies": "1",
      };
      for (const [name, value] of Object.entries(wanted)) {
        expect((await inside("sysctl", "-n", name)).trim(), name).to.equal(value);
      }
    });

    it("security updates come by themselves, and the journal has limits", async () => {
      expect((await inside("systemctl", "is-enabled", "apt-daily-upgrade.timer")).trim()).to.equal("enabled");
      const periodic = await inside("apt-config", "dump", "APT::Periodic::Unattended-Upgrade");
      expect(periodic).to.contain('"1"');
      const origins = await inside("apt-config", "dump", "Unattended-Upgrade::Origins-Pattern");
      expect(origins.match(/(?<=:: ")[^"]+/g)).to.deep.equal([
        // apt's own variable.
        "origin=Debian,codename=$" + "{distro_codename}-security,label=Debian-Security",
      ]);
      expect(await inside("systemd-analyze", "cat-config", "systemd/journald.conf")).to.contain(
        "SystemMaxUse=500M",
      );
    });
  });
}
