// The baseline of the booking bench: a bare Nest endpoint on Fastify that does one INSERT, and nothing else.
import 'reflect-metadata';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { openPool } from '#platform/log/connection.js';

const pool = openPool({ url: process.env['DATABASE_URL']!, name: 'bench-bare' }, 32);
await pool.query('create table if not exists bare (id uuid primary key default gen_random_uuid(), body text not null)');
// An event, a sealed record and a place are about so much
const padding = 'x'.repeat(400);

@Controller()
class Bare {
  @Post('reservations')
  async insert(@Body() body: object) {
    const { rows } = await pool.query<{ id: string }>({
      name: 'bare',
      text: 'insert into bare (body) values ($1) returning id',
      values: [JSON.stringify(body) + padding],
    });
    return { id: rows[0]!.id };
  }
}

@Module({ controllers: [Bare] })
class BareModule {}

const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1');
process.send!(await app.getUrl());
process.on('SIGTERM', () => process.exit(0));
