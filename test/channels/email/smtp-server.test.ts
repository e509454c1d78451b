import { describe, expect, it } from 'vitest';
import { smtpServer } from '../../../src/channels/email/smtp-server.js';

describe('the mail server that SMTP_URL names', () => {
  it('has host, port, login and TLS', () => {
    const { connection, login } = smtpServer(
      'smtps://tocsin:p%40ss@mail.example:4650?tls.servername=mx.example',
    );
    expect(connection).toMatchObject({
      host: 'mail.example',
      port: 4_650,
      secure: true,
      tls: { servername: 'mx.example' },
    });
    expect(login).toEqual({ user: 'tocsin', pass: 'p@ss' });
  });

  it('is without a login when the URL has none', () => {
    expect(smtpServer('smtp://mail.example').login).toBeNull();
  });

  it('gets 5 connections with 100 mails each, and PIPELINING', () => {
    expect(smtpServer('smtp://mail.example')).toMatchObject({
      mostConnections: 5,
      mostMails: 100,
      pipelining: true,
    });
  });

  it('gets what the URL says of them, where that makes sense', () => {
    const url = 'smtp://mail.example?maxConnections=20&maxMessages=1000&pipelining=false';
    expect(smtpServer(url)).toMatchObject({ mostConnections: 20, mostMails: 1_000, pipelining: false });
    expect(smtpServer('smtp://mail.example?maxConnections=0&maxMessages=many')).toMatchObject({
      mostConnections: 5,
      mostMails: 100,
    });
  });
});
