# SPDX-License-Identifier: Apache-2.0
# src/protocol/tables/*.tsv → structures, rows and constants below generated/protocol/, compiled into yado_protocol.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(protocol_generator ${CMAKE_SOURCE_DIR}/tools/generate_protocol.py)
set(protocol_tables ${CMAKE_SOURCE_DIR}/src/protocol/tables)
set(protocol_generated ${CMAKE_BINARY_DIR}/generated/protocol)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${protocol_generator})

execute_process(COMMAND ${Python3_EXECUTABLE} ${protocol_generator} --list OUTPUT_VARIABLE protocol_files
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
list(TRANSFORM protocol_files PREPEND ${protocol_generated}/)
file(GLOB protocol_inputs CONFIGURE_DEPENDS ${protocol_tables}/*.tsv)

# Files whose text stays the same keep their time; the stamp is what is newer than the tables.
add_custom_command(
    OUTPUT ${protocol_generated}/stamp
    BYPRODUCTS ${protocol_files}
    COMMAND ${Python3_EXECUTABLE} ${protocol_generator} ${protocol_tables} ${protocol_generated}
    COMMAND ${CMAKE_COMMAND} -E touch ${protocol_generated}/stamp
    DEPENDS ${protocol_generator} ${protocol_inputs}
    COMMENT "Generating protocol structures" VERBATIM)
add_custom_target(protocol_tables DEPENDS ${protocol_generated}/stamp)

# The folders are declared after this file.
function(yado_add_generated_protocol)
    set_source_files_properties(${protocol_files} PROPERTIES GENERATED TRUE)
    target_sources(yado_protocol PRIVATE ${protocol_files})
    target_include_directories(yado_protocol PUBLIC ${CMAKE_BINARY_DIR}/generated)
    add_dependencies(yado_protocol protocol_tables)
endfunction()
cmake_language(DEFER CALL yado_add_generated_protocol)
