import { Module } from '@nestjs/common';
import { MuteController } from './mute.controller.js';
import { MuteService } from './mute.service.js';

@Module({
  controllers: [MuteController],
  providers: [MuteService],
  exports: [MuteService],
})
export class MutesModule {}
