import { Module } from '@nestjs/common';
import { FrameModule } from '../frame/frame.module.js';

/** Empty so far. */
@Module({ imports: [FrameModule] })
export class DestinationPagesModule {}
