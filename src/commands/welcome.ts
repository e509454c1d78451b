import { relative } from 'node:path';
import type { Config } from '../config.js';
import { packageRoot, packageVersion } from '../platform/package-root.js';

/**
 * What a first start shows: where it is, who can sign in, where the mail is, who may operate it, and one line to try it.
 *
 * @param member the address of a member of the samples, whose mail is caught here; null where there is none
 */
export function welcome(config: Config, operatorToken: string, member: string | null): string {
  const { publicUrl } = config;
  const isWeb = config.roles.includes('web');
  const example = `${relative('.', packageRoot()) || '.'}/samples/try.json`;
  const lines = [
    '',
    `  Tocsin ${packageVersion()} is watching.`,
    '',
    `  Address    ${publicUrl}${isWeb ? '' : `/health/ready (${config.roles.join(', ')} alone)`}`,
    ...(isWeb && member !== null && !config.hostAccounts?.signInUrl
      ? [`  Sign in    ${publicUrl}/sign-in as ${member}; the link comes to the mailbox`]
      : []),
    ...(isWeb && config.smtpUrl === null ? [`  Mailbox    ${publicUrl}/sandbox/mailbox`] : []),
    ...(isWeb && config.operatorToken === null
      ? [`  Operator   ${operatorToken}`, `             signs in at ${publicUrl}/operator`]
      : []),
    '',
  ];
  if (isWeb && config.databaseUrl === null && config.smtpUrl === null && config.operatorToken === null) {
    lines.push(
      '  Send a change, and get one more mail:',
      '',
      `curl ${publicUrl}/v1/events -H 'Content-Type: application/cloudevents+json' -H 'Authorization: Bearer ${operatorToken}' -d "$(sed "s/{now}/$(date -u +%FT%TZ)/g" ${example})"`,
      '',
    );
  }
  return `${lines.join('\n')}\n`;
}
