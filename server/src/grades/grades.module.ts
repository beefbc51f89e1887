import { Module } from '@nestjs/common';
import { StandingGrades } from './standing-grades.service.js';

/** 现行评价等次: the grade of each system and department, for whoever decides by it. */
@Module({ providers: [StandingGrades], exports: [StandingGrades] })
export class GradesModule {}
