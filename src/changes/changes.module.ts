import { Module } from '@nestjs/common';
import { ChangeService } from './change.service.js';

@Module({ providers: [ChangeService], exports: [ChangeService] })
export class ChangesModule {}
