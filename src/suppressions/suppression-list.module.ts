import { Module } from '@nestjs/common';
import { SuppressionList } from './suppression-list.service.js';

/** The list alone: those who send, and those who make destinations, ask it. */
@Module({ providers: [SuppressionList], exports: [SuppressionList] })
export class SuppressionListModule {}
