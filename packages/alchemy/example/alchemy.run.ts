// A small shop: a network, two instances behind a load balancer, a database, a bucket.
import alchemy from "alchemy";
import {
  Bucket,
  FunctionNamespace,
  Instance,
  LoadBalancer,
  PrivateNic,
  RdbDatabase,
  RdbInstance,
  RdbUser,
  SecurityGroup,
  Vpc,
  VpcPrivateNetwork,
} from "@mayfly/alchemy";

const app = await alchemy("shop", { password: process.env["ALCHEMY_PASSWORD"] });

const vpc = await Vpc("vpc");
const network = await VpcPrivateNetwork("inside", { vpc, subnets: ["10.0.0.0/24"] });
const securityGroup = await SecurityGroup("web", {
  rules: [{ port: 80, ipRange: "10.0.0.0/24" }, { port: 22 }],
});

const greeting = process.env["GREETING"] ?? "hello";
const webs = await Promise.all(
  ["web-1", "web-2"].map(async (id) => {
    const web = await Instance(id, {
      type: "DEV1-S",
      image: "ubuntu_noble",
      securityGroup,
      tags: [`greeting:${greeting}`],
      cloudInit: `#cloud-config
packages: [nginx]
write_files:
  - path: /var/www/html/index.html
    content: ${greeting} from ${id}
`,
    });
    await PrivateNic(`${id}-inside`, { instance: web, privateNetwork: network });
    return web;
  }),
);

const balancer = await LoadBalancer("front", { privateNetworks: [network] });

const server = await RdbInstance("db", {
  engine: "PostgreSQL-15",
  password: alchemy.secret(process.env["DB_PASSWORD"]),
  privateNetwork: network,
});
const orders = await RdbDatabase("orders", { instance: server, name: "orders" });
await RdbUser("shop", {
  instance: server,
  name: "shop",
  password: alchemy.secret(process.env["DB_PASSWORD"]),
});

const assets = await Bucket("assets", { acl: "public-read", versioning: true, empty: true });
await FunctionNamespace("jobs", { name: "shop-jobs" });

console.log(`http://${balancer.ipAddress}`);
console.log(`web: ${webs.map(({ publicIpv4 }) => publicIpv4).join(" ")}`);
console.log(`database: ${orders.name} on ${server.privateEndpoint?.ip}:${server.privateEndpoint?.port}`);
console.log(`assets: ${assets.endpoint}`);

await app.finalize();
