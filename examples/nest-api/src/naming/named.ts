import { ArgsType, Field } from '@nestjs/graphql';
import { ApiProperty } from '@nestjs/swagger';

/** What callers give for something new: the body of a request, or the arguments of a mutation. */
@ArgsType()
export class Named {
  @Field()
  @ApiProperty({ example: 'Earthquake pills' })
  readonly name!: string;
}
