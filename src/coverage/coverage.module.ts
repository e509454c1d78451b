import { Module } from '@nestjs/common';
import { CoverageController } from './coverage.controller.js';
import { CoverageFanOut } from './coverage-fan-out.js';
import { CoverageReader } from './coverage-reader.js';
import { CoverageService } from './coverage.service.js';
import { DocumentChecks } from './document-checks.service.js';
import { LostDocuments } from './lost-documents.service.js';
import { SightingsService } from './sightings.service.js';

@Module({
  controllers: [CoverageController],
  providers: [
    CoverageFanOut,
    CoverageReader,
    CoverageService,
    DocumentChecks,
    LostDocuments,
    SightingsService,
  ],
  exports: [CoverageFanOut, CoverageReader, CoverageService, DocumentChecks, LostDocuments, SightingsService],
})
export class CoverageModule {}
