import {
  Controller,
  ForbiddenException,
  Get,
  Header,
  Headers,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  Redirect,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { CaughtMail } from './caught-mail.js';
import { Allow } from '../accounts/principal.js';
import { Mailbox } from './mailbox.js';
import { mailboxPage, mailTabs, pagePolicy, type MailTab } from './mailbox-page.js';

const noStore = ['Cache-Control', 'no-store'] as const;
const html = ['Content-Type', 'text/html; charset=utf-8'] as const;

/**
 * A mail may hold anything, so it runs nothing, loads nothing and is of no origin. Its links may open a new tab: without
 * that nobody could try a confirmation or an unsubscribe link out.
 */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'";

@Controller('sandbox')
@Allow('public')
@ApiExcludeController()
export class MailboxController {
  constructor(@Inject(Mailbox) private readonly mailbox: Mailbox) {}

  @Get('mailbox')
  @Header(...html)
  @Header(...noStore)
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Referrer-Policy', 'no-referrer')
  async index(): Promise<string> {
    const mails = await this.mailbox.list();
    return mailboxPage({ mails, selected: mails[0] ?? null, tab: 'html', source: null, isLive: true });
  }

  @Get('mailbox.json')
  @Header(...noStore)
  all(): Promise<CaughtMail[]> {
    return this.mailbox.list();
  }

  @Get('mailbox/:id')
  @Header(...html)
  @Header(...noStore)
  @Header('Content-Security-Policy', pagePolicy)
  @Header('Referrer-Policy', 'no-referrer')
  async one(@Param('id') id: string, @Query('tab') wanted: unknown): Promise<string> {
    const [mails, selected] = [await this.mailbox.list(), await this.found(id)];
    const tab: MailTab = mailTabs.find((known) => known === wanted) ?? 'html';
    const source = tab === 'source' ? ((await this.mailbox.source(id))?.toString('utf8') ?? '') : null;
    return mailboxPage({ mails, selected, tab, source, isLive: false });
  }

  @Get('mailbox/:id/html')
  @Header(...html)
  @Header(...noStore)
  @Header('Content-Security-Policy', mailPolicy)
  @Header('Referrer-Policy', 'no-referrer')
  @Header('X-Content-Type-Options', 'nosniff')
  async body(@Param('id') id: string): Promise<string> {
    const mail = await this.found(id);
    return opensLinksOutside(mail.html);
  }

  /** Throws all mails away. */
  @Post('mailbox/empty')
  @Redirect('/sandbox/mailbox', 303)
  async empty(@Headers('sec-fetch-site') site: string | undefined): Promise<void> {
    // Nobody signs in here, so a page elsewhere could post this form; browsers tell where it comes from.
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ForbiddenException();
    await this.mailbox.empty();
  }

  private async found(id: string): Promise<CaughtMail> {
    const mail = await this.mailbox.find(id);
    if (mail === null) throw new NotFoundException('There is no such mail.');
    return mail;
  }
}

function opensLinksOutside(body: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(body) ? body.replace(/<head[^>]*>/i, (head) => head + base) : base + body;
}
