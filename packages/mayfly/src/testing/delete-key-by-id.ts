import { sameSender } from "./same-sender.ts";

/** A key pair of that id, which moto knows by its name alone; undefined where there is none. */
export async function deleteKeyById(
  cloud: (request: Request) => Promise<Response>,
  request: Request,
  id: string,
): Promise<Response | undefined> {
  const list = await cloud(sameSender(request, { Action: "DescribeKeyPairs" }));
  // In its items the name comes behind the id.
  const item = (await list.text()).split("<keyPairId>").find((each) => each.startsWith(`${id}<`));
  const name = /<keyName>(.*?)<[/]keyName>/.exec(item ?? "")?.[1];
  return name === undefined
    ? undefined
    : cloud(sameSender(request, { Action: "DeleteKeyPair", KeyName: name }));
}
