import { Injectable } from '@nestjs/common';
import type { AlertId } from '../domain/ids.js';

/**
 * Tells others in this process what became of an alert, once that is committed. A hint: whoever misses it finds the same in
 * the ledger.
 */
@Injectable()
export class AlertNews {
  private readonly listeners: ((id: AlertId) => void)[] = [];

  /** @param hear must not throw; nobody waits for what it begins */
  onAcknowledged(hear: (id: AlertId) => void): void {
    this.listeners.push(hear);
  }

  acknowledged(id: AlertId): void {
    for (const hear of this.listeners) hear(id);
  }
}
