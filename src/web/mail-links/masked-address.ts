/**
 * An address that its owner recognises and that tells others little: `kim@example.org` becomes `k…@e…`. What is no email
 * address shows its first letter.
 */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return masked(address);
  return `${masked(address.slice(0, at))}@${masked(address.slice(at + 1))}`;
}

function masked(text: string): string {
  const [first = ''] = text;
  return `${first}…`;
}
