import { applyDecorators, SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../../accounts/principal.js';
import { PageFilter } from './page.filter.js';
import { PAGES_FOR, PageGuard, type PageAccess } from './page.guard.js';

/**
 * Makes a controller one of pages, and says whom they are for: see `PageAccess`. Errors are answered as pages too, and
 * forms are taken only from our own pages.
 */
export function Pages(access: PageAccess) {
  return applyDecorators(
    Allow('public'),
    ApiExcludeController(),
    UseGuards(PageGuard),
    UseFilters(PageFilter),
    SetMetadata(PAGES_FOR, access),
  );
}

/** Says of one handler that it is for others than its controller. */
export function PageFor(access: PageAccess) {
  return SetMetadata(PAGES_FOR, access);
}
