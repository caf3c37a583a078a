// A NestJS server, described by @nestjs/swagger and validated by its ValidationPipe. Most handlers return what that made of the request.

import 'reflect-metadata'
import {
  BadRequestException, Body, Controller, Delete, Get, Head, Header, Headers, HttpCode, HttpException, Module, NotFoundException, Options, Param,
  ParseArrayPipe, ParseBoolPipe, ParseDatePipe, ParseEnumPipe, ParseFloatPipe, ParseIntPipe, ParseUUIDPipe, Patch, Post, Put, Query, Req, Sse,
  StreamableFile, UploadedFile, UploadedFiles, UseInterceptors, ValidationPipe,
} from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FileInterceptor, FilesInterceptor } from '@nestjs/platform-express'
import {
  ApiBasicAuth, ApiBearerAuth, ApiBody, ApiConsumes, ApiCookieAuth, ApiExtraModels, ApiHeader, ApiOkResponse, ApiParam, ApiProduces,
  ApiProperty, ApiPropertyOptional, ApiQuery, ApiResponse, ApiSecurity, ApiTags, DocumentBuilder, IntersectionType, OmitType, PartialType, PickType,
  SwaggerModule, getSchemaPath, refs,
} from '@nestjs/swagger'
import { Type } from 'class-transformer'
import {
  Allow, IsArray, IsBoolean, IsDate, IsEmail, IsEnum, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, IsUUID, IsUrl, Matches, Max, MaxLength, Min,
  MinLength, ValidateIf, ValidateNested,
} from 'class-validator'
import cookieParser from 'cookie-parser'
import { interval, map, take } from 'rxjs'

enum Color { Red = 'red', DeepBlue = 'deep blue', Slash = 'a/b&c=d' }
enum Level { Low = 1, High = 10 }

class Point {
  @ApiProperty() @IsNumber() x: number
  @ApiProperty({ default: 0 }) @IsNumber() y: number
}

class Problem {
  @ApiProperty() statusCode: number
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }) message: string | string[]
  @ApiPropertyOptional() error?: string
}

// Parameters

class PathSeen {
  @ApiProperty({ type: 'integer' }) number: number
  @ApiProperty() float: number
  @ApiProperty() flag: boolean
  @ApiProperty({ format: 'uuid' }) id: string
  @ApiProperty({ enum: Color, enumName: 'Color' }) color: Color
  @ApiProperty() text: string
}

class Filter {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100, default: 10, required: false }) @Type(() => Number) @IsInt() @Min(1) @Max(100) limit: number = 10
  @ApiPropertyOptional() @IsOptional() @IsString() after?: string
  @ApiPropertyOptional({ enum: Color, enumName: 'Color', isArray: true }) @IsOptional() @Type(() => String) @IsEnum(Color, { each: true }) colors?: Color[]
  @ApiPropertyOptional() @IsOptional() @Type(() => Date) @IsDate() since?: Date
  @ApiPropertyOptional({ enum: ['asc', 'desc'] }) @IsOptional() @IsIn(['asc', 'desc']) order?: string
}

class Sender {
  @ApiProperty() @IsString() name: string
  @ApiPropertyOptional() @IsOptional() @IsString() city?: string
}

class Elsewhere {
  @ApiProperty() id: string
  @ApiPropertyOptional() note?: string
  @ApiProperty() session: string
}

@ApiTags('parameters')
@ApiResponse({ status: 400, type: Problem })
@Controller('parameters')
class Parameters {
  @Get('path/:number/:float/:flag/:id/:color/:text')
  @ApiParam({ name: 'color', enum: Color, enumName: 'Color' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'number', type: 'integer' })
  @ApiOkResponse({ type: PathSeen })
  path(
    @Param('number', ParseIntPipe) number: number, @Param('float', ParseFloatPipe) float: number, @Param('flag', ParseBoolPipe) flag: boolean,
    @Param('id', ParseUUIDPipe) id: string, @Param('color', new ParseEnumPipe(Color)) color: Color, @Param('text') text: string,
  ): PathSeen {
    return { number, float, flag, id, color, text }
  }

  @Get('filter')
  @ApiOkResponse({ type: Filter })
  filter(@Query() filter: Filter) { return filter }

  @Get('query')
  @ApiQuery({ name: 'numbers', type: [Number], explode: false })
  @ApiQuery({ name: 'level', enum: Level, enumName: 'Level' })
  @ApiQuery({ name: 'when', required: false, type: Date })
  @ApiQuery({ name: 'pipes', required: false, isArray: true, type: String, style: 'pipeDelimited', explode: false })
  @ApiOkResponse({ schema: { type: 'object', required: ['numbers', 'level', 'pipes'], properties: { numbers: { type: 'array', items: { type: 'number' } }, level: { type: 'integer' }, when: { type: 'string', format: 'date-time' }, pipes: { type: 'array', items: { type: 'string' } } } } })
  query(
    @Query('numbers', new ParseArrayPipe({ items: Number })) numbers: number[], @Query('level', ParseIntPipe) level: Level,
    @Query('when', new ParseDatePipe({ optional: true })) when?: Date, @Query('pipes', new ParseArrayPipe({ separator: '|', optional: true })) pipes: string[] = [],
  ) {
    return { numbers, level, when, pipes }
  }

  @Get('deep')
  @ApiExtraModels(Sender)
  @ApiQuery({ name: 'sender', style: 'deepObject', explode: true, type: 'object', schema: { $ref: getSchemaPath(Sender) } as any })
  @ApiOkResponse({ type: Sender })
  deep(@Query('sender') sender: Sender) { return sender }

  @Get('elsewhere')
  @ApiHeader({ name: 'X-Id', description: 'Named twice: as the framework finds it, and as it is declared.' })
  @ApiHeader({ name: 'X-Note' })
  @ApiParam({ name: 'session', in: 'cookie', required: true, schema: { type: 'string' } } as any)
  @ApiOkResponse({ type: Elsewhere })
  elsewhere(@Headers('x-id') id: string, @Req() request: any) {
    if (!id) throw new BadRequestException('no id')
    return { id, note: request.headers['x-note'], session: request.cookies.session ?? '' }
  }
}

// Bodies

class Cat {
  @ApiProperty({ enum: ['cat'] }) @IsIn(['cat']) kind: 'cat'
  @ApiProperty({ type: 'integer' }) @IsInt() lives: number
}

class Dog {
  @ApiProperty({ enum: ['dog'] }) @IsIn(['dog']) kind: 'dog'
  @ApiProperty() @IsString({ each: true }) tricks: string[]
}

const pet = { oneOf: refs(Cat, Dog), discriminator: { propertyName: 'kind', mapping: { cat: getSchemaPath(Cat), dog: getSchemaPath(Dog) } } }
const kinds = { discriminator: { property: 'kind', subTypes: [{ value: Cat, name: 'cat' }, { value: Dog, name: 'dog' }] }, keepDiscriminatorProperty: true }

class Everything {
  @ApiProperty() @IsString() @MinLength(1) @MaxLength(20) text: string
  @ApiProperty({ type: 'integer' }) @IsInt() integer: number
  @ApiProperty({ minimum: 0, exclusiveMaximum: true, maximum: 10 }) @IsNumber() @Min(0) number: number
  @ApiProperty() @IsBoolean() flag: boolean
  @ApiProperty() @Type(() => Date) @IsDate() moment: Date
  @ApiProperty({ type: 'string', format: 'date' }) @Matches(/^\d{4}-\d\d-\d\d$/) day: string
  @ApiProperty({ format: 'uuid' }) @IsUUID() id: string
  @ApiProperty({ format: 'email' }) @IsEmail() email: string
  @ApiProperty({ format: 'uri' }) @IsUrl() link: string
  @ApiProperty({ enum: Color, enumName: 'Color' }) @IsEnum(Color) color: Color
  @ApiProperty({ enum: Level, enumName: 'Level' }) @IsEnum(Level) level: Level
  @ApiProperty({ enum: Color, enumName: 'Color', isArray: true }) @IsEnum(Color, { each: true }) colors: Color[]
  @ApiProperty({ type: String, nullable: true }) @ValidateIf(all => all.nullable !== null) @IsString() nullable: string | null
  @ApiPropertyOptional() @IsOptional() @IsString() optional?: string
  @ApiProperty() @ValidateNested() @Type(() => Point) point: Point
  @ApiProperty({ type: [Point] }) @ValidateNested({ each: true }) @Type(() => Point) points: Point[]
  @ApiPropertyOptional({ type: () => Point, nullable: true }) @IsOptional() @ValidateNested() @Type(() => Point) maybe?: Point | null
  @ApiProperty({ type: 'object', additionalProperties: { type: 'number' } }) @IsObject() byName: Record<string, number>
  @ApiProperty({ type: 'object', additionalProperties: true }) @IsObject() anything: Record<string, unknown>
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'integer' } } }) @IsArray() nested: number[][]
  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }] }) @Allow() either: string | number
  @ApiProperty(pet as any) @ValidateNested() @Type(() => Object, kinds) pet: Cat | Dog
  @ApiProperty({ type: 'array', items: pet } as any) @ValidateNested({ each: true }) @Type(() => Object, kinds) pets: (Cat | Dog)[]
  @ApiProperty({ type: () => Everything, required: false }) @IsOptional() inner?: Everything
  @ApiProperty({ readOnly: true, required: false }) @IsOptional() computed?: string
}

class Change extends PartialType(PickType(Everything, ['text', 'integer', 'color'] as const)) {}
class Both extends IntersectionType(Point, OmitType(Cat, ['lives'] as const)) {}

@ApiTags('bodies')
@ApiExtraModels(Cat, Dog)
@ApiResponse({ status: 400, type: Problem })
@Controller('bodies')
class Bodies {
  @Post('everything') @ApiResponse({ status: 201, type: Everything }) everything(@Body() body: Everything): Everything { return body }
  @Patch('change') @ApiOkResponse({ type: Change }) change(@Body() body: Change): Change { return body }
  @Post('both') @HttpCode(200) @ApiOkResponse({ type: Both }) both(@Body() body: Both): Both { return body }
  @Post('pet') @ApiBody({ schema: pet as any }) @ApiResponse({ status: 201, schema: pet as any }) pet(@Body() body: Cat & Dog) { return body }
  @Put('list') @ApiBody({ type: [Point] }) @ApiOkResponse({ type: [Point] }) list(@Body(new ParseArrayPipe({ items: Point })) body: Point[]) { return body }
  @Put('map') @ApiBody({ schema: { type: 'object', additionalProperties: { $ref: getSchemaPath(Point) } } }) @ApiOkResponse({ schema: { type: 'object', additionalProperties: { $ref: getSchemaPath(Point) } } }) map(@Body() body: object) { return body }
  @Delete('with-body') @ApiOkResponse({ type: Point }) withBody(@Body() body: Point): Point { return body }
  @Put('nothing') nothing(): void {}
  @Post('nothing') @HttpCode(204) nothing204(): void {}
}

// Forms and files

class Form {
  @ApiProperty() @IsString() text: string
  @ApiProperty({ type: 'integer' }) @Type(() => Number) @IsInt() count: number
  @ApiPropertyOptional({ type: [String] }) @IsOptional() @IsString({ each: true }) tags?: string[]
}

class Upload {
  @ApiProperty({ type: 'string', format: 'binary' }) file: any
  @ApiProperty() @IsString() title: string
  @ApiProperty({ type: 'integer', required: false }) @IsOptional() @Type(() => Number) @IsInt() count?: number
}

class Seen {
  @ApiProperty() name: string
  @ApiProperty() type: string
  @ApiProperty({ type: 'integer' }) size: number
  @ApiPropertyOptional() title?: string
  @ApiPropertyOptional({ type: 'integer' }) count?: number
}

const seen = (file: any): Seen => ({ name: Buffer.from(file.originalname, 'latin1').toString('utf8'), type: file.mimetype, size: file.size })

@ApiTags('forms')
@ApiResponse({ status: 400, type: Problem })
@Controller('forms')
class Forms {
  @Post('form') @ApiConsumes('application/x-www-form-urlencoded') @ApiResponse({ status: 201, type: Form }) form(@Body() form: Form): Form { return form }
  @Post('either') @ApiConsumes('application/json', 'application/x-www-form-urlencoded') @ApiResponse({ status: 201, type: Form }) either(@Body() form: Form): Form { return form }

  @Post('file') @ApiConsumes('multipart/form-data') @UseInterceptors(FileInterceptor('file')) @ApiResponse({ status: 201, type: Seen })
  file(@UploadedFile() file: any, @Body() body: Upload): Seen {
    return { ...seen(file), title: body.title, count: body.count }
  }

  @Post('files') @ApiConsumes('multipart/form-data') @UseInterceptors(FilesInterceptor('files'))
  @ApiBody({ schema: { type: 'object', required: ['files'], properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } } } } })
  @ApiResponse({ status: 201, type: [Seen] })
  files(@UploadedFiles() files: any[]) { return files.map(seen) }
}

// Answers

@ApiTags('answers')
@Controller('answers')
class Answers {
  @Get('statuses/:status') @ApiOkResponse({ type: Point }) @ApiResponse({ status: 404, type: Problem }) @ApiResponse({ status: 'default', description: 'odd' } as any)
  @ApiParam({ name: 'status', type: 'integer' })
  statuses(@Param('status', ParseIntPipe) status: number): Point {
    if (status === 404) throw new NotFoundException('no such point')
    if (status !== 200) throw new HttpException('odd', status)
    return { x: 1, y: 2 }
  }

  @Get('text') @Header('content-type', 'text/plain') @ApiProduces('text/plain') @ApiOkResponse({ type: String }) text(): string { return 'grüße' }
  @Get('html') @Header('content-type', 'text/html') @ApiProduces('text/html') @ApiOkResponse({ type: String }) html(): string { return '<p>hello</p>' }
  @Get('string') @ApiOkResponse({ type: String }) string(): string { return 'bare' }
  @Get('number') @ApiOkResponse({ type: Number }) number(): number { return 42 }
  @Get('dates') @ApiOkResponse({ schema: { type: 'array', items: { type: 'string', format: 'date-time' } } }) dates() { return [new Date(0), new Date(253402300799999)] }
  @Get('file') @ApiProduces('application/octet-stream') @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  file(): StreamableFile { return new StreamableFile(Buffer.alloc(10000)) }
  @Get('headers') @ApiOkResponse({ type: Point, headers: { 'X-Rows': { schema: { type: 'integer' } } } }) @Header('X-Rows', '42') headers() { return { x: 1, y: 2 } }
  @Head('head') @Header('X-Rows', '42') head(): void {}
  @Options('options') @ApiOkResponse({ type: [String] }) options() { return ['GET'] }
  @Sse('events') @ApiProduces('text/event-stream') @ApiOkResponse({ type: Point })
  events() { return interval(1).pipe(take(3), map(x => ({ data: { x, y: 0 }, id: String(x), type: 'point' }))) }
}

// Credentials

@ApiTags('auth')
@Controller('auth')
class Auth {
  @Get('bearer') @ApiBearerAuth() @ApiOkResponse({ type: Sender }) bearer(@Req() request: any) { return { name: request.headers.authorization } }
  @Get('basic') @ApiBasicAuth() @ApiOkResponse({ type: Sender }) basic(@Req() request: any) { return { name: Buffer.from(request.headers.authorization.slice(6), 'base64').toString() } }
  @Get('cookie') @ApiCookieAuth() @ApiOkResponse({ type: Sender }) cookie(@Req() request: any) { return { name: request.cookies['connect.sid'] } }
  @Get('key') @ApiSecurity('key') @ApiOkResponse({ type: Sender }) key(@Req() request: any) { return { name: request.headers['x-key'] } }
  @Get('both') @ApiSecurity({ key: [], bearer: [] }) @ApiOkResponse({ type: Sender }) both(@Req() request: any) { return { name: `${request.headers['x-key']} ${request.headers.authorization}` } }
}

@Module({ controllers: [Parameters, Bodies, Forms, Answers, Auth] })
class App {}

export async function start() {
  const app = await NestFactory.create(App, { logger: ['error'] }) as any
  app.set('query parser', 'extended')
  app.use(cookieParser())
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }))
  const about = new DocumentBuilder().setTitle('Everything that NestJS can say').setVersion('1').addBearerAuth().addBasicAuth().addCookieAuth('connect.sid')
    .addApiKey({ type: 'apiKey', name: 'X-Key', in: 'header' }, 'key').build()
  const document = SwaggerModule.createDocument(app, about)
  await app.listen(0, '127.0.0.1')
  return { document, port: app.getHttpServer().address().port }
}
