import { Parser } from "htmlparser2";

/** What is listened to in a document of XML; names come without their prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads XML as it comes. Nothing is fetched, and no entity but the five of XML is replaced. */
export function readXml(xml: string, listener: XmlListener): void {
  const local = (name: string): string => name.slice(name.indexOf(":") + 1);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => listener.open?.(local(name), attributes),
      ontext: (text) => listener.text?.(text),
      onclosetag: (name) => listener.close?.(local(name)),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
}
