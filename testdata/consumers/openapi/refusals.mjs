// What a tool cannot handle although the document is valid, by tool and definition. If it is accepted after all, that is a
// failure, so that this list contains nothing that has been fixed.
export const REFUSALS = {
  'oapi-codegen': {
    'cases/evil_text': 'takes no line breaks in names and enumerations',
    'cases/wire_names': 'makes one constant of the values foo-bar, foo_bar and fooBar',
    'hard/01_keywords_kind_class': 'makes one constant of the values class and Class',
    'hard/03_name_shapes_v2_item': 'takes no line breaks in names and enumerations',
    'hard/04_unicode_strassen': 'finds no Go name for a parameter in a script without capitals',
    'hard/05_evil_text_analysis': 'takes no line breaks in names and enumerations',
    'hard/07_nesting_data': 'takes no list of types but one type and null',
  },
};
