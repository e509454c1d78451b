import { createSocket } from 'node:dgram';

/** What a name has: addresses by family, nothing at all, or a server that never answers. */
export type Zone = Record<string, { 4?: string[]; 6?: string[]; silent?: 4 | 6 | 'both' }>;

export type NameServer = {
  /** `address:port` */
  server: string;
  /** Names that were asked for, with the family. */
  asked: string[];
  close(): void;
};

const typeA = 1;
const typeAaaa = 28;

/** A name server on a free port of 127.0.0.1: RFC 1035, one question a message. Names that it does not have are NXDOMAIN. */
export async function startNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (query, from) => {
    const { name, type, end } = question(query);
    const family = type === typeAaaa ? 6 : 4;
    asked.push(`${name} ${family}`);
    const entry = zone[name];
    if (entry?.silent === 'both' || entry?.silent === family) return;
    const addresses = type === typeA || type === typeAaaa ? (entry?.[family] ?? []) : [];
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(entry === undefined ? 0x8183 : 0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    header.writeUInt32BE(0, 8);
    const records = addresses.map((address) => {
      const data = family === 4 ? Buffer.from(address.split('.').map(Number)) : bytesOf(address);
      const record = Buffer.alloc(12);
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(type, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt32BE(0, 6);
      record.writeUInt16BE(data.length, 10);
      return Buffer.concat([record, data]);
    });
    socket.send(Buffer.concat([header, query.subarray(12, end), ...records]), from.port, from.address);
  });
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  return { server: `127.0.0.1:${port}`, asked, close: () => void socket.close() };
}

function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** Eight groups in full. */
function bytesOf(address: string): Buffer {
  return Buffer.concat(address.split(':').map((group) => Buffer.from(group.padStart(4, '0'), 'hex')));
}
