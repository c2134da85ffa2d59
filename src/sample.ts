/** What the values of a column are, as far as its first rows tell. */
const columnKinds = ['whole', 'number', 'date', 'truth', 'text', 'empty'] as const
export type ColumnKind = (typeof columnKinds)[number]

export interface Column {
  name: string
  kind: ColumnKind
}

/** A place as a drawing has it: longitude and latitude, in degrees. */
export type Spot = [x: number, y: number]

/** One mark of a drawing: a point, a line, or an area with its holes. */
export interface Mark {
  kind: 'point' | 'line' | 'area'
  lines: Spot[][]
}

/** Shapes that are to be drawn, few enough of their positions, and the box around them. */
export interface Drawing {
  west: number
  south: number
  east: number
  north: number
  marks: Mark[]
}

/** The beginning of a file, for who wishes to see what it holds before taking it. */
export interface Sample {
  columns: Column[]
  rows: string[][]
  /** Whether the file has more rows than these. */
  more: boolean
  /** Of a file of shapes. */
  drawing?: Drawing
}
