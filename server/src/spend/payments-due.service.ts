import { Inject, Injectable } from '@nestjs/common';
import { addDays, type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Fen } from '../kernel/money.js';
import { ContractsRepository } from './contracts.repository.js';
import { type PaymentDue, paymentsDue } from './domain/payments-due.js';

/** A payment is prepared, signed and sent within a month. */
const AHEAD_DAYS = 30;

export interface PaymentsDue {
  readonly until: CalendarDate;
  readonly payments: readonly PaymentDue[];
  /** Of all of them, what is still to pay. */
  readonly rest: Fen;
}

/** 待付款项: what payment plans of contracts in force ask for within the month, and what is late. One statement. */
@Injectable()
export class DuePayments {
  constructor(
    private readonly contracts: ContractsRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async now(): Promise<PaymentsDue> {
    const today = calendarDate(this.clock.now());
    const until = addDays(today, AHEAD_DAYS);
    const payments = paymentsDue(await this.contracts.plannedUntil(until), today, until);
    return { until, payments, rest: payments.reduce((sum, { rest }) => sum + rest, 0n) };
  }
}
