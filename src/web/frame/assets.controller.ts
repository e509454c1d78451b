import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../accounts/principal.js';
import { notFound } from '../../platform/http/problem.js';
import { assets } from './assets.js';
import { images } from './images.js';

const forEver = 'public, max-age=31536000, immutable';

/** The files that pages load. */
@ApiExcludeController()
@Controller('assets')
@Allow('public')
export class AssetsController {
  @Get(':name')
  file(
    @Param('name') name: string,
    @Headers('accept-encoding') encodings: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | Buffer {
    const image = images.find((one) => one.name === name);
    if (image) {
      void reply.headers({ 'content-type': 'image/png', 'cache-control': forEver });
      return image.body;
    }
    const asset = assets.find((one) => one.name === name);
    if (!asset) throw notFound('file');
    void reply.headers({ 'content-type': asset.type, 'cache-control': forEver, vary: 'accept-encoding' });
    if (!/\bbr\b/.test(encodings ?? '')) return asset.body;
    void reply.header('content-encoding', 'br');
    return asset.brotli;
  }
}
