/** An error in the words of CKAN's action API, with its status. */
export class CkanProblem extends Error {
  readonly type: 'Not Found Error' | 'Validation Error' | 'Search Query Error'
  constructor(type: CkanProblem['type'], message: string) {
    super(message)
    this.type = type
  }

  get status(): number {
    return { 'Not Found Error': 404, 'Validation Error': 409, 'Search Query Error': 400 }[this.type]
  }
}
