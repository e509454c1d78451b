import type { SMTPServer } from 'smtp-server';

type Parsed = false | { address: string; args: unknown };
type Parse = (name: string, command: string) => Parsed;
/** Not in its types. */
const parser = '_parseAddressCommand';
type Connection = { [parser]: Parse };
type Connecting = { connect(...given: unknown[]): void; connections: Set<Connection> };

/** A path whose local part is in quotes, between the command and its parameters. */
const quotedPath = /^([^:]*:\s*<)("(?:[^"\\]|\\.)*"@[^<>@\s]+)(>.*)$/s;
const standIn = 'quoted@mailbox.invalid';

/**
 * Has a server take local parts in quotes whatever they hold (RFC 5321, 4.1.2). smtp-server 3.21 reads spaces as the end of
 * the address, and refuses "@" and brackets: it is shown another address while it parses the command.
 */
export function takeQuotedAddresses(server: SMTPServer): void {
  const inner = server as unknown as Connecting;
  const connect = inner.connect.bind(inner);
  inner.connect = (...given) => {
    connect(...given);
    const connection = [...inner.connections].at(-1);
    if (connection === undefined) return;
    const parse = connection[parser].bind(connection);
    connection[parser] = (name, command) => {
      const [, before, address, after] = quotedPath.exec(command) ?? [];
      if (address === undefined) return parse(name, command);
      const parsed = parse(name, `${before ?? ''}${standIn}${after ?? ''}`);
      return parsed && { ...parsed, address };
    };
  };
}
